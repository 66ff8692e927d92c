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
import org.nd4j.linalg.activations.impl.ActivationIdentity;
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
              if (value == null) { // a bias that it gets
                array.assign(0);
              } else {
                array.assign(value);
              }
            });
  }

  /**
   * Folds in place.
   *
   * @param norm a batch norm
   * @param layer with the parameters of the layer before it, and a bias
   */
  static void fold(Layer norm, Layer layer) {
    BatchNormalization conf = (BatchNormalization) norm.conf().getLayer();
    Map<String, INDArray> statistics = norm.paramTable();
    INDArray mean = vector(statistics.get(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    INDArray factor = Transforms.sqrt(variance(statistics).addi(conf.getEps())).rdivi(1);
    INDArray gamma = statistics.get(BatchNormalizationParamInitializer.GAMMA);
    factor = gamma == null ? factor.muli(conf.getGamma()) : factor.muli(vector(gamma));
    INDArray beta = statistics.get(BatchNormalizationParamInitializer.BETA);

    INDArray weights = layer.paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
    long[] shape = new long[weights.rank()];
    Arrays.fill(shape, 1);
    shape[CHANNELS.get(layer.conf().getLayer().getClass())] = factor.length();
    weights.muli(factor.reshape(shape));
    foldScale(layer, factor);
    INDArray bias = layer.paramTable().get(DefaultParamInitializer.BIAS_KEY);
    INDArray shift = vector(bias).sub(mean).muli(factor);
    shift = beta == null ? shift.addi(conf.getBeta()) : shift.addi(vector(beta));
    bias.assign(shift.reshape(bias.shape()));
  }

  /** A fixed scale goes with its channel; one for the tensor has to be set anew. */
  private static void foldScale(Layer layer, INDArray factor) {
    for (String key : QuantizedWeights.fixedScales(layer)) {
      INDArray scale = layer.paramTable().get(key);
      if (scale.length() == factor.length() && scale.length() > 1) {
        scale.muli(Transforms.abs(factor).reshape(scale.shape()));
      } else {
        scale.assign(0);
      }
    }
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
