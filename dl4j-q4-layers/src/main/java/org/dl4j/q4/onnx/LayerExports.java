package org.dl4j.q4.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.dl4j.q4.layers.Q4LayerTypes;
import org.dl4j.q4.network.Step;

/** Which layers can be written, and by what. */
final class LayerExports {

  // By the exact type: a subclass, such as a one-dimensional convolution, computes something else.
  private static final Map<Class<? extends Layer>, LayerExport> EXPORTS = new LinkedHashMap<>();

  static {
    EXPORTS.put(ConvolutionLayer.class, new ConvolutionExport());
    EXPORTS.put(Convolution2D.class, new ConvolutionExport());
    EXPORTS.put(DenseLayer.class, new DenseExport());
    EXPORTS.put(OutputLayer.class, new DenseExport());
    EXPORTS.put(LossLayer.class, new ActivationExport());
    EXPORTS.put(BatchNormalization.class, new BatchNormExport());
    EXPORTS.put(SubsamplingLayer.class, new SubsamplingExport());
    EXPORTS.put(Pooling2D.class, new SubsamplingExport());
    EXPORTS.put(GlobalPoolingLayer.class, new GlobalPoolingExport());
    EXPORTS.put(ActivationLayer.class, new ActivationExport());
    EXPORTS.put(DropoutLayer.class, (step, input, graph) -> input); // in training alone
    EXPORTS.put(ZeroPaddingLayer.class, new ZeroPaddingExport());
    EXPORTS.put(LocalResponseNormalization.class, new LocalResponseNormalizationExport());
  }

  private LayerExports() {}

  /**
   * @param step a layer
   * @return what writes it: a 4-bit layer, or one on this library's kernels, as Deeplearning4j's
   *     own
   * @throws UnsupportedInOnnxException if there is nothing
   */
  static LayerExport of(Step step) {
    Class<? extends Layer> type = step.layer().conf().getLayer().getClass();
    LayerExport export = EXPORTS.get(Q4LayerTypes.stock(type).orElse(type));
    if (export == null) {
      throw new UnsupportedInOnnxException(
          step.describe()
              + " cannot be written to ONNX; supported, each also as Q4… and Fast…, are "
              + supported());
    }
    return export;
  }

  private static String supported() {
    return EXPORTS.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
  }
}
