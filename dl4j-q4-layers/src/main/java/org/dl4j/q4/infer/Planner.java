package org.dl4j.q4.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.infer.InferencePlan.InputLayout;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;

/** Makes a plan of a network, step by step. */
final class Planner {

  private final NetworkSteps network;
  private final String input;

  /** Unknown until the first step has read it. */
  private InputLayout inputLayout;

  private long[] inputImage;
  private final List<Operation> operations = new ArrayList<>();

  /** What each step's output is in the plan. */
  private final Map<String, PlannedValue> values = new HashMap<>();

  private Planner(NetworkSteps network) {
    this.network = network;
    this.input = network.inputs().get(0);
    values.put(input, new PlannedValue(input, null, null));
  }

  static InferencePlan plan(Model network) {
    NetworkSteps steps = NetworkSteps.of(BatchNormFolding.fold(network).result());
    if (steps.inputs().size() != 1 || steps.outputs().size() != 1) {
      throw new UnsupportedForInferenceException(
          "Expected a network of one input and one output, found the inputs "
              + steps.inputs()
              + " and the outputs "
              + steps.outputs());
    }
    Planner planner = new Planner(steps);
    steps.steps().forEach(planner::add);
    return planner.finish();
  }

  private InferencePlan finish() {
    PlannedValue output = values.get(network.outputs().get(0));
    if (output.format != null || output.flattened != null) {
      throw new UnsupportedForInferenceException(
          "Expected a network whose output is [batch, features], found images");
    }
    if (inputLayout == null) {
      throw new UnsupportedForInferenceException(
          "Expected a network whose first layer tells whether its input is images or features");
    }
    return new InferencePlan(
        input, inputLayout, inputImage, JoinedActivations.of(operations, output.name), output.name);
  }

  private void add(Step step) {
    if (step.isLayer()) {
      PlannedValue in = preProcessed(step, step.preProcessor(), values.get(step.inputs().get(0)));
      values.put(step.name(), PlannedLayers.add(step, in, this));
    } else if (step.vertex() instanceof PreprocessorVertex) {
      InputPreProcessor preProcessor = ((PreprocessorVertex) step.vertex()).getPreProcessor();
      values.put(step.name(), preProcessed(step, preProcessor, values.get(step.inputs().get(0))));
    } else {
      values.put(step.name(), sum(step));
    }
  }

  private PlannedValue sum(Step step) {
    boolean adds =
        step.vertex() instanceof ElementWiseVertex
            && ((ElementWiseVertex) step.vertex()).getOp() == ElementWiseVertex.Op.Add
            && step.inputs().size() == 2;
    if (!adds) {
      throw unsupported(step, "supported are layers and vertices that add two values");
    }
    PlannedValue first = values.get(step.inputs().get(0));
    PlannedValue second = values.get(step.inputs().get(1));
    if (first.format != second.format || first.flattened != null || second.flattened != null) {
      throw unsupported(step, "its inputs are of different layouts");
    }
    if (first.name.equals(input) || second.name.equals(input)) {
      throw unsupported(step, "it adds to the network's input");
    }
    operations.add(
        new SumOperation(
            step.name(), List.of(first.name, second.name), ActivationFunction.IDENTITY));
    return first.renamed(step.name());
  }

  private PlannedValue preProcessed(Step step, InputPreProcessor preProcessor, PlannedValue value) {
    if (preProcessor == null) {
      return value;
    }
    if (preProcessor instanceof ComposableInputPreProcessor) {
      PlannedValue result = value;
      for (InputPreProcessor part :
          ((ComposableInputPreProcessor) preProcessor).getInputPreProcessors()) {
        result = preProcessed(step, part, result);
      }
      return result;
    }
    if (preProcessor instanceof ChannelsLastPreProcessor) {
      images(step, value, CNN2DFormat.NCHW);
      return new PlannedValue(value.name, CNN2DFormat.NHWC, null); // it always does in the plan
    }
    if (preProcessor instanceof CnnToFeedForwardPreProcessor) {
      return flattened(step, (CnnToFeedForwardPreProcessor) preProcessor, value);
    }
    if (preProcessor instanceof FeedForwardToCnnPreProcessor) {
      return images(step, (FeedForwardToCnnPreProcessor) preProcessor, value);
    }
    throw unsupported(step, preProcessor.getClass().getSimpleName() + " before it");
  }

  private PlannedValue flattened(
      Step step, CnnToFeedForwardPreProcessor preProcessor, PlannedValue value) {
    if (value.format == null && !value.name.equals(input)) {
      return value; // features already, as Deeplearning4j lets them pass
    }
    PlannedValue images = images(step, value, preProcessor.getFormat());
    long[] shape = {
      preProcessor.getNumChannels(), preProcessor.getInputHeight(), preProcessor.getInputWidth()
    };
    boolean known = shape[0] > 0 && shape[1] > 0 && shape[2] > 0;
    if (images.format == CNN2DFormat.NHWC) {
      return new PlannedValue(value.name, null, null, known ? shape : null);
    }
    if (!known) {
      throw unsupported(step, "a CnnToFeedForwardPreProcessor that does not know its images' size");
    }
    return new PlannedValue(value.name, null, shape);
  }

  private PlannedValue images(
      Step step, FeedForwardToCnnPreProcessor preProcessor, PlannedValue value) {
    if (value.format != null) {
      return value; // images already, as Deeplearning4j lets them pass
    }
    long[] image = {
      preProcessor.getNumChannels(), preProcessor.getInputHeight(), preProcessor.getInputWidth()
    };
    if (!value.name.equals(input)) {
      throw unsupported(step, "features that become images elsewhere than at the input");
    }
    if (inputLayout != null && !Arrays.equals(inputImage, image)) {
      throw unsupported(step, "an input that others read otherwise");
    }
    inputLayout = InputLayout.FEATURES;
    inputImage = image;
    return new PlannedValue(value.name, CNN2DFormat.NCHW, null);
  }

  /**
   * @return the value as images of this format
   * @throws UnsupportedForInferenceException if it has another
   */
  PlannedValue images(Step step, PlannedValue value, CNN2DFormat format) {
    if (value.format == null && value.name.equals(input)) {
      InputLayout layout =
          format == CNN2DFormat.NHWC ? InputLayout.CHANNELS_LAST : InputLayout.CHANNELS_FIRST;
      readInput(step, layout);
      return new PlannedValue(value.name, format, null);
    }
    if (value.format != format) {
      throw unsupported(
          step, "input of " + (value.format == null ? "features" : value.format) + " before it");
    }
    return value;
  }

  /**
   * @return the value as features
   * @throws UnsupportedForInferenceException if it is images
   */
  PlannedValue features(Step step, PlannedValue value) {
    if (value.format != null) {
      throw unsupported(step, "images before it");
    }
    if (value.name.equals(input) && value.flattened == null && inputLayout == null) {
      readInput(step, InputLayout.FEATURES);
    }
    boolean images = value.name.equals(input) && value.flattened == null && inputImage != null;
    return images ? new PlannedValue(value.name, null, inputImage) : value;
  }

  private void readInput(Step step, InputLayout layout) {
    if (inputLayout != null && inputLayout != layout) {
      throw unsupported(step, "an input that others read as " + inputLayout);
    }
    inputLayout = layout;
  }

  void add(Operation operation) {
    operations.add(operation);
  }

  /**
   * @param step whose function it is; its name becomes the result's
   * @return the result
   */
  PlannedValue apply(Step step, ActivationFunction function, PlannedValue value) {
    if (function.kind() == ActivationFunction.Kind.IDENTITY) {
      return value;
    }
    if (function.kind() == ActivationFunction.Kind.SOFTMAX && value.format != null) {
      throw unsupported(step, "a softmax of images");
    }
    operations.add(new ActivationOperation(step.name(), value.name, function));
    return value.renamed(step.name());
  }

  static UnsupportedForInferenceException unsupported(Step step, String what) {
    return new UnsupportedForInferenceException(
        step.describe() + " has no operation of inference: " + what);
  }
}
