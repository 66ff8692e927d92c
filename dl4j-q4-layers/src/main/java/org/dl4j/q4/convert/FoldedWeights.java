package org.dl4j.q4.convert;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.layers.FastConvolutionLayer;
import org.dl4j.q4.layers.FastDenseLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The arithmetic of folding, and which layers it is for. */
final class FoldedWeights {

  /** By class: the dimension of the weights that counts output channels. */
  private static final Map<Class<?>, Integer> CHANNELS =
      Map.of(
          ConvolutionLayer.class, 0,
          Convolution2D.class, 0,
          FastConvolutionLayer.class, 0,
          Q4ConvolutionLayer.class, 0,
          DenseLayer.class, 1,
          FastDenseLayer.class, 1,
          Q4DenseLayer.class, 1);

  private FoldedWeights() {}

  static boolean isBatchNorm(Layer layer) {
    return layer.conf().getLayer() instanceof BatchNormalization;
  }

  /**
   * @param norm a batch norm
   * @param before the layer before it
   * @return why it cannot be folded into that; null if it can
   */
  static String reasonAgainst(Layer norm, Layer before) {
    if (norm instanceof BaseWrapperLayer || before instanceof BaseWrapperLayer) {
      return "one of them is inside another layer, as frozen layers are"; // conf() is the inner's
    }
    Object conf = before.conf().getLayer();
    if (!CHANNELS.containsKey(conf.getClass())) {
      return "the layer before it is a " + conf.getClass().getSimpleName();
    }
    if (!(((BaseLayer) conf).getActivationFn() instanceof ActivationIdentity)) {
      return "the layer before it has an activation function";
    }
    return conf instanceof DenseLayer && ((DenseLayer) conf).isHasLayerNorm()
        ? "the layer before it has layer normalization"
        : null;
  }

  /** Copies the parameters that both have. */
  static void copy(Layer from, Layer to) {
    Map<String, INDArray> values = from.paramTable();
    to.paramTable()
        .forEach(
            (key, array) -> {
              INDArray value = values.get(key);
              if (value == null || value.length() != array.length()) {
                array.assign(0); // a bias that it gets, or scales that are set by folding
              } else {
                array.assign(value);
              }
            });
  }

  /**
   * Folds in place.
   *
   * @param norm a batch norm
   * @param before the layer before it
   * @param layer with the parameters of that, and a bias; if it is quantized, with a fixed scale
   *     for each channel
   */
  static void fold(Layer norm, Layer before, Layer layer) {
    BatchNormalization conf = (BatchNormalization) norm.conf().getLayer();
    Map<String, INDArray> statistics = norm.paramTable();
    INDArray mean = vector(statistics.get(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    INDArray factor = Transforms.sqrt(variance(statistics).addi(conf.getEps())).rdivi(1);
    INDArray gamma = statistics.get(BatchNormalizationParamInitializer.GAMMA);
    factor = gamma == null ? factor.muli(conf.getGamma()) : factor.muli(vector(gamma));
    INDArray beta = statistics.get(BatchNormalizationParamInitializer.BETA);
    Quantizer.requireFinite(
        factor, () -> "The factors of batch norm " + conf.getLayerName() + ", γ / √(v + ε),");

    QuantizedTensor quantized = QuantizedWeights.of(before).get(DefaultParamInitializer.WEIGHT_KEY);
    if (quantized != null) {
      foldCodes(quantized, layer, factor);
    } else {
      INDArray weights = layer.paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
      weights.muli(alongChannels(factor, weights, layer));
    }
    INDArray bias = layer.paramTable().get(DefaultParamInitializer.BIAS_KEY);
    INDArray shift = vector(bias).sub(mean).muli(factor);
    shift = beta == null ? shift.addi(conf.getBeta()) : shift.addi(vector(beta));
    bias.assign(shift.reshape(bias.shape()));
  }

  /** The factor's magnitude goes into the channel's scale, and its sign to the codes. */
  private static void foldCodes(QuantizedTensor tensor, Layer layer, INDArray factor) {
    INDArray scale = Transforms.abs(factor, true).muli(vector(tensor.scale()));
    // A channel that batch norm multiplies with 0, or almost, has codes of 0; its scale is not 0.
    INDArray isZero = scale.eq(0).castTo(scale.dataType());
    INDArray sign = Transforms.sign(factor, true).muli(isZero.rsub(1));
    scale.addi(isZero);
    INDArray codes = tensor.codes().castTo(factor.dataType());
    codes.muli(alongChannels(sign, codes, layer));
    String scaleKey = QuantizedWeights.fixedScales(layer).iterator().next();
    INDArray scaleParameter = layer.paramTable().get(scaleKey);
    scaleParameter.assign(scale.reshape(scaleParameter.shape()));
    Quantizer quantizer =
        new Quantizer(tensor.bits(), Granularity.PER_CHANNEL, channelDimension(layer));
    QuantizedWeights.restore(
        layer,
        Map.of(
            DefaultParamInitializer.WEIGHT_KEY,
            quantizer.restore(codes.castTo(DataType.INT8), scale)));
  }

  private static INDArray alongChannels(INDArray vector, INDArray weights, Layer layer) {
    long[] shape = new long[weights.rank()];
    Arrays.fill(shape, 1);
    shape[channelDimension(layer)] = vector.length();
    return vector.reshape(shape);
  }

  private static int channelDimension(Layer layer) {
    return CHANNELS.get(layer.conf().getLayer().getClass());
  }

  private static INDArray variance(Map<String, INDArray> statistics) {
    INDArray variance = statistics.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
    if (variance != null) {
      return vector(variance).dup();
    }
    INDArray logStd = vector(statistics.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD));
    return Transforms.exp(logStd.mul(2 * Math.log(10))); // (10^x)²
  }

  private static INDArray vector(INDArray array) {
    return array.reshape(array.length());
  }
}
