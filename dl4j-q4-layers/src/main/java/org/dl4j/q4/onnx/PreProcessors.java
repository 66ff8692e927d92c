package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.network.Step;

/** What stands between two layers. */
final class PreProcessors {

  private PreProcessors() {}

  /**
   * @param step that it belongs to
   * @param preProcessor or null
   * @throws UnsupportedInOnnxException if it cannot be written
   */
  static Value write(Step step, InputPreProcessor preProcessor, Value input, GraphWriter graph) {
    if (preProcessor == null) {
      return input;
    }
    if (preProcessor instanceof ComposableInputPreProcessor) {
      Value value = input;
      for (InputPreProcessor part :
          ((ComposableInputPreProcessor) preProcessor).getInputPreProcessors()) {
        value = write(step, part, value, graph);
      }
      return value;
    }
    if (preProcessor instanceof ChannelsLastPreProcessor) {
      Checks.supported(
          input.layout() == Layout.NCHW, step, preProcessor + " on input of " + input.layout());
      return new Value(input.name(), Layout.NHWC); // it stays channels-first in the ONNX graph
    }
    if (preProcessor instanceof CnnToFeedForwardPreProcessor) {
      return flatten(step, (CnnToFeedForwardPreProcessor) preProcessor, input, graph);
    }
    if (preProcessor instanceof FeedForwardToCnnPreProcessor) {
      return images(step, (FeedForwardToCnnPreProcessor) preProcessor, input, graph);
    }
    throw Checks.unsupported(
        step,
        preProcessor.getClass().getSimpleName()
            + " before it; supported are ChannelsLastPreProcessor, CnnToFeedForwardPreProcessor,"
            + " FeedForwardToCnnPreProcessor and compositions of these");
  }

  /** Images to vectors, in the order of the network's own layout: the weights behind rely on it. */
  private static Value flatten(
      Step step, CnnToFeedForwardPreProcessor preProcessor, Value input, GraphWriter graph) {
    if (!input.layout().isImages()) {
      return input; // as Deeplearning4j does
    }
    Checks.images(step, input, preProcessor.getFormat());
    String images = inNetworkLayout(step.name() + "/channels_last", input, graph);
    return new Value(
        graph.node("Flatten", step.name() + "/flatten", List.of(images), Attributes.of("axis", 1)),
        Layout.FLAT);
  }

  private static Value images(
      Step step, FeedForwardToCnnPreProcessor preProcessor, Value input, GraphWriter graph) {
    if (input.layout().isImages()) {
      return input; // as Deeplearning4j does
    }
    String name = step.name() + "/images";
    String shape =
        graph.initializer(
            Tensors.longs(
                graph.unique(name + "_shape"),
                0, // as many as there are
                preProcessor.getNumChannels(),
                preProcessor.getInputHeight(),
                preProcessor.getInputWidth()));
    return new Value(graph.node("Reshape", name, List.of(input.name(), shape)), Layout.NCHW);
  }

  /**
   * @return the edge on which the value has the layout that it has in the network
   */
  static String inNetworkLayout(String name, Value value, GraphWriter graph) {
    return value.layout() == Layout.NHWC
        ? graph.node(
            "Transpose",
            name,
            List.of(value.name()),
            Attributes.list("perm", Layout.toChannelsLast()))
        : value.name();
  }
}
