package org.dl4j.q4.samediff;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.ops.SDOps;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;

/**
 * 4-bit operations for any SameDiff graph, called as those of {@code sd.cnn()} and {@code sd.nn()}
 * are:
 *
 * <pre>{@code
 * SDQ4 q4 = new SDQ4(sd);
 * SDVariable maps = q4.conv2d("maps", images, kernel, bias, config);    // sd.cnn().conv2d(…)
 * SDVariable scores = q4.linear("scores", features, weights, bias);     // sd.nn().linear(…)
 * SDVariable anything = q4.fakeQuantize("quantized", weights);
 * }</pre>
 *
 * <p>Each is the stock operation on the values of a {@link FakeQuantize} of the weights; its
 * documentation has the formula of value and gradient. The weights stay float variables, and are
 * quantized anew at each forward pass, in training and in inference; bias and activations stay
 * float. The graph is saved, loaded and trained on as any.
 *
 * <p>The soft clip of the options is not part of a graph's computation: {@link SoftClipListener}
 * applies it after each update.
 */
public final class SDQ4 extends SDOps {

  private final WeightQuantization options;

  /**
   * The paper's quantization: 4 bits, one scale a tensor, soft clip at 3.
   *
   * @param sd the graph to add to
   */
  public SDQ4(SameDiff sd) {
    this(sd, WeightQuantization.PAPER);
  }

  /**
   * @param sd the graph to add to
   * @param options how weights are quantized by the calls that follow
   * @throws IllegalArgumentException if the scale mode is FIXED: a graph has no place to keep one
   */
  public SDQ4(SameDiff sd, WeightQuantization options) {
    super(sd);
    if (options.getScaleMode() != ScaleMode.DYNAMIC) {
      throw new IllegalArgumentException(
          "In a SameDiff graph the scale mode must be DYNAMIC; got " + options.getScaleMode());
    }
    this.options = options;
  }

  /**
   * Makes {@link FakeQuantize} known to {@code SameDiff.load}. Not needed where ND4J finds this
   * library's service declaration, which is everywhere but in a repackaged jar that does not merge
   * {@code META-INF/services}: there, loading a graph says "No op known for hash: 0 and name
   * q4_fake_quantize" unless this was called before.
   */
  public static void register() {
    FakeQuantize.register();
  }

  /**
   * As {@link #fakeQuantize(String, SDVariable)}, with a name made up by SameDiff.
   *
   * @param weights what to quantize
   * @return the quantized values
   */
  public SDVariable fakeQuantize(SDVariable weights) {
    return fakeQuantize(null, weights);
  }

  /**
   * Quantizes a variable; per channel, the last dimension counts the channels, as it does in
   * SameDiff's weights of convolutions, [height, width, in, out], and linear layers, [in, out].
   *
   * @param name of the result; null for a name made up by SameDiff
   * @param weights what to quantize, FLOAT or DOUBLE
   * @return the quantized values, of the same shape and type
   * @throws IllegalArgumentException if the scale is per channel and the shape not known
   */
  public SDVariable fakeQuantize(String name, SDVariable weights) {
    if (options.getGranularity() == Granularity.PER_TENSOR) {
      return fakeQuantize(name, weights, 0);
    }
    long[] shape = weights.getShape();
    if (shape == null) {
      throw new IllegalArgumentException(
          "The shape of \""
              + weights.name()
              + "\" is not known, so its last dimension is not either: use"
              + " fakeQuantize(name, weights, channelDimension)");
    }
    return fakeQuantize(name, weights, shape.length - 1);
  }

  /**
   * Quantizes a variable.
   *
   * @param name of the result; null for a name made up by SameDiff
   * @param weights what to quantize, FLOAT or DOUBLE
   * @param channelDimension the dimension that counts output channels; of no effect per tensor
   * @return the quantized values, of the same shape and type
   */
  public SDVariable fakeQuantize(String name, SDVariable weights, int channelDimension) {
    SDVariable values = new FakeQuantize(sd, weights, options, channelDimension).outputVariable();
    return sd.updateVariableNameAndReference(values, name);
  }

  /** As {@link #conv2d(String, SDVariable, SDVariable, SDVariable, Conv2DConfig)}. */
  public SDVariable conv2d(SDVariable layerInput, SDVariable weights, Conv2DConfig config) {
    return conv2d(null, layerInput, weights, null, config);
  }

  /** As {@link #conv2d(String, SDVariable, SDVariable, SDVariable, Conv2DConfig)}. */
  public SDVariable conv2d(
      String name, SDVariable layerInput, SDVariable weights, Conv2DConfig config) {
    return conv2d(name, layerInput, weights, null, config);
  }

  /** As {@link #conv2d(String, SDVariable, SDVariable, SDVariable, Conv2DConfig)}. */
  public SDVariable conv2d(
      SDVariable layerInput, SDVariable weights, SDVariable bias, Conv2DConfig config) {
    return conv2d(null, layerInput, weights, bias, config);
  }

  /**
   * {@code sd.cnn().conv2d} with quantized weights.
   *
   * @param name of the output; null for a name made up by SameDiff
   * @param layerInput images, [N, in, height, width] or [N, height, width, in] by the config's data
   *     format
   * @param weights float weights in the config's format: YXIO [height, width, in, out], OIYX [out,
   *     in, height, width] or OYXI [out, height, width, in]
   * @param bias [out], or null
   * @param config kernel, stride, padding, formats
   * @return what the stock operation gives on the quantized weights
   */
  public SDVariable conv2d(
      String name,
      SDVariable layerInput,
      SDVariable weights,
      SDVariable bias,
      Conv2DConfig config) {
    int outputs = config.getWeightsFormat() == WeightsFormat.YXIO ? 3 : 0;
    SDVariable values = fakeQuantize(null, weights, outputs);
    return bias == null
        ? sd.cnn().conv2d(name, layerInput, values, config)
        : sd.cnn().conv2d(name, layerInput, values, bias, config);
  }

  /** As {@link #linear(String, SDVariable, SDVariable, SDVariable)}. */
  public SDVariable linear(SDVariable input, SDVariable weights, SDVariable bias) {
    return linear(null, input, weights, bias);
  }

  /**
   * {@code sd.nn().linear} with quantized weights: {@code input · values + bias}.
   *
   * @param name of the output; null for a name made up by SameDiff
   * @param input [N, in]
   * @param weights float weights, [in, out]
   * @param bias [out], or null
   * @return [N, out], what the stock operation gives on the quantized weights
   */
  public SDVariable linear(String name, SDVariable input, SDVariable weights, SDVariable bias) {
    SDVariable values = fakeQuantize(null, weights, 1);
    // Stock linear says that its bias may be null, and fails if it is.
    return bias == null ? sd.mmul(name, input, values) : sd.nn().linear(name, input, values, bias);
  }

  /**
   * The weights of a graph as integers, of every VARIABLE and CONSTANT that a {@link FakeQuantize}
   * reads, whatever options it was made with.
   *
   * @param sd any graph
   * @return codes and scales by the name of the float variable, in the graph's order
   */
  public static Map<String, QuantizedTensor> quantizedWeights(SameDiff sd) {
    Map<String, QuantizedTensor> tensors = new LinkedHashMap<>();
    for (SameDiffOp op : sd.getOps().values()) {
      if (op.getOp() instanceof FakeQuantize) {
        FakeQuantize fakeQuantize = (FakeQuantize) op.getOp();
        SDVariable weights = fakeQuantize.weights();
        VariableType type = weights.getVariableType();
        if (type == VariableType.VARIABLE || type == VariableType.CONSTANT) {
          Quantizer quantizer = fakeQuantize.quantizer();
          INDArray array = weights.getArr();
          INDArray scale = quantizer.scale(array, () -> "Variable \"" + weights.name() + "\"");
          tensors.put(weights.name(), quantizer.integers(array, scale));
        }
      }
    }
    return tensors;
  }
}
