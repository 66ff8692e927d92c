package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.dl4j.q4.layers.ChannelsLastPreProcessor;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;

/**
 * What a network takes, told from the first layers that ask for something: Deeplearning4j does not
 * keep the {@code InputType} of a configuration.
 */
final class InputShape {

  /** Name of the dimension of images of any height. */
  static final String ANY_HEIGHT = "height";

  /** Name of the dimension of images of any width. */
  static final String ANY_WIDTH = "width";

  private static final String CHANNELS = "channels";

  private final Layout layout;
  private final List<String> dimensions;

  private InputShape(Layout layout, List<String> dimensions) {
    this.layout = layout;
    this.dimensions = dimensions;
  }

  /**
   * @param input one of the network's inputs
   * @param height of images, as a number or a name of a dimension of any size
   * @param width likewise
   * @throws UnsupportedInOnnxException if no layer tells
   */
  static InputShape of(NetworkSteps network, String input, String height, String width) {
    InputShape shape = behind(network, input, height, width);
    if (shape == null) {
      throw new UnsupportedInOnnxException(
          "Input "
              + input
              + " cannot be written to ONNX: no layer behind it tells whether it is images or"
              + " vectors");
    }
    return shape;
  }

  Layout layout() {
    return layout;
  }

  /** In the network's own layout, the batch first. */
  List<String> dimensions() {
    return dimensions;
  }

  private static InputShape behind(NetworkSteps network, String edge, String height, String width) {
    for (Step step : network.steps()) {
      if (step.inputs().contains(edge)) {
        InputShape shape = asked(step, height, width);
        if (shape == null) {
          shape = behind(network, step.name(), height, width);
        }
        if (shape != null) {
          return shape;
        }
      }
    }
    return null;
  }

  /** Null if the step takes any input. */
  private static InputShape asked(Step step, String height, String width) {
    InputPreProcessor before = preProcessor(step);
    if (before instanceof FeedForwardToCnnPreProcessor) {
      FeedForwardToCnnPreProcessor images = (FeedForwardToCnnPreProcessor) before;
      return vectors(images.getNumChannels() * images.getInputHeight() * images.getInputWidth());
    }
    if (before instanceof CnnToFeedForwardPreProcessor) {
      CnnToFeedForwardPreProcessor flat = (CnnToFeedForwardPreProcessor) before;
      return images(
          flat.getFormat(),
          size(flat.getNumChannels(), CHANNELS),
          size(flat.getInputHeight(), height),
          size(flat.getInputWidth(), width));
    }
    String channels = step.isLayer() ? channels(step) : CHANNELS;
    if (before instanceof ChannelsLastPreProcessor) {
      return images(CNN2DFormat.NCHW, channels, height, width);
    }
    if (!step.isLayer()) {
      return null;
    }
    org.deeplearning4j.nn.conf.layers.Layer conf = step.layer().conf().getLayer();
    if (conf instanceof DenseLayer || conf instanceof BaseOutputLayer) {
      return vectors(((FeedForwardLayer) conf).getNIn());
    }
    CNN2DFormat format = format(conf);
    return format == null ? null : images(format, channels, height, width);
  }

  /** The first one that the input meets, or null. */
  private static InputPreProcessor preProcessor(Step step) {
    InputPreProcessor first = step.preProcessor();
    if (!step.isLayer() && step.vertex() instanceof PreprocessorVertex) {
      first = ((PreprocessorVertex) step.vertex()).getPreProcessor();
    }
    while (first instanceof ComposableInputPreProcessor) {
      first = ((ComposableInputPreProcessor) first).getInputPreProcessors()[0];
    }
    return first;
  }

  private static CNN2DFormat format(org.deeplearning4j.nn.conf.layers.Layer conf) {
    if (conf instanceof ConvolutionLayer) {
      return ((ConvolutionLayer) conf).getCnn2dDataFormat();
    }
    if (conf instanceof SubsamplingLayer) {
      return ((SubsamplingLayer) conf).getCnn2dDataFormat();
    }
    if (conf instanceof ZeroPaddingLayer) {
      return ((ZeroPaddingLayer) conf).getDataFormat();
    }
    return conf instanceof LocalResponseNormalization
        ? ((LocalResponseNormalization) conf).getDataFormat()
        : null;
  }

  private static String channels(Step step) {
    org.deeplearning4j.nn.conf.layers.Layer conf = step.layer().conf().getLayer();
    return conf instanceof FeedForwardLayer
        ? size(((FeedForwardLayer) conf).getNIn(), CHANNELS)
        : CHANNELS;
  }

  private static String size(long known, String otherwise) {
    return known > 0 ? Long.toString(known) : otherwise;
  }

  private static InputShape vectors(long size) {
    return new InputShape(Layout.FLAT, List.of(GraphWriter.BATCH, size(size, "features")));
  }

  private static InputShape images(
      CNN2DFormat format, String channels, String height, String width) {
    Layout layout = Layout.of(format);
    return new InputShape(
        layout,
        layout == Layout.NHWC
            ? List.of(GraphWriter.BATCH, height, width, channels)
            : List.of(GraphWriter.BATCH, channels, height, width));
  }
}
