package org.dl4j.q4.layers;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns images from NCHW, [batch, channels, height, width], into NHWC, [batch, height, width,
 * channels]. Before the first layer, it lets a network compute channels-last, the layout in which
 * oneDNN is fastest, and still take the channels-first images of DataVec's iterators:
 *
 * <pre>{@code
 * .list()
 * .layer(new Q4ConvolutionLayer.Builder(3, 3)…)
 * …
 * .inputPreProcessor(0, new ChannelsLastPreProcessor())
 * .setInputType(InputType.convolutional(32, 32, 3, CNN2DFormat.NCHW))
 * }</pre>
 *
 * <p>The features of a channels-last network reach a dense layer in another order than those of a
 * channels-first one: the weights of one do not fit the other.
 */
public final class ChannelsLastPreProcessor implements InputPreProcessor {

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaceMgr) {
    if (input.rank() != 4) {
      throw new IllegalArgumentException(
          "Expected images [batch, channels, height, width], got rank "
              + input.rank()
              + ": "
              + input.shapeInfoToString());
    }
    return workspaceMgr.dup(ArrayType.ACTIVATIONS, input.permute(0, 2, 3, 1), 'c');
  }

  @Override
  public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaceMgr) {
    return workspaceMgr.dup(ArrayType.ACTIVATION_GRAD, output.permute(0, 3, 1, 2), 'c');
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeConvolutional)) {
      throw new IllegalArgumentException("Expected convolutional input, got " + inputType);
    }
    InputType.InputTypeConvolutional images = (InputType.InputTypeConvolutional) inputType;
    return InputType.convolutional(
        images.getHeight(), images.getWidth(), images.getChannels(), CNN2DFormat.NHWC);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
    return new Pair<>(maskArray, currentMaskState);
  }

  @Override
  public ChannelsLastPreProcessor clone() {
    return new ChannelsLastPreProcessor();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsLastPreProcessor;
  }

  @Override
  public int hashCode() {
    return ChannelsLastPreProcessor.class.hashCode();
  }

  @Override
  public String toString() {
    return "ChannelsLastPreProcessor()";
  }
}
