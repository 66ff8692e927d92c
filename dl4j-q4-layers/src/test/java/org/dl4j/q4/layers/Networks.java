package org.dl4j.q4.layers;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks of a few layers, and the stock twin of one with 4-bit layers. */
final class Networks {

  static final long SEED = 20260313;

  private Networks() {}

  /** A network whose layers know their sizes. */
  static MultiLayerNetwork of(DataType type, Layer... layers) {
    return of(new NeuralNetConfiguration.Builder().dataType(type), null, layers);
  }

  /** A network on top of a configuration with options of its own. */
  static MultiLayerNetwork of(
      NeuralNetConfiguration.Builder builder, InputType input, Layer... layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(builder.seed(SEED).list(layers).setInputType(input).build());
    network.init();
    return network;
  }

  /**
   * Gives a stock network the parameters of ours, with the quantized values in place of the weights
   * of the 4-bit layers.
   */
  static void copyQuantized(MultiLayerNetwork ours, MultiLayerNetwork stock) {
    for (int i = 0; i < ours.getnLayers(); i++) {
      Layer conf = ours.getLayer(i).conf().getLayer();
      for (Map.Entry<String, INDArray> to : stock.getLayer(i).paramTable().entrySet()) {
        INDArray from = ours.getLayer(i).getParam(to.getKey());
        to.getValue()
            .assign(isQuantized(conf, to.getKey()) ? quantize(conf, to.getKey(), from) : from);
      }
    }
  }

  private static boolean isQuantized(Layer conf, String key) {
    return conf instanceof QuantizedLayer
        && ((QuantizedLayer) conf)
            .quantizedParameters().stream().anyMatch(p -> p.key().equals(key));
  }

  private static INDArray quantize(Layer conf, String key, INDArray weights) {
    QuantizedLayer layer = (QuantizedLayer) conf;
    for (QuantizedParameter parameter : layer.quantizedParameters()) {
      if (parameter.key().equals(key)) {
        return quantize(quantizer(layer, parameter), weights);
      }
    }
    throw new AssertionError(key);
  }

  /** The values that a layer computes with when its float weights are these. */
  static INDArray quantize(QuantizedLayer layer, INDArray weights) {
    return quantize(quantizer(layer), weights);
  }

  private static INDArray quantize(Quantizer quantizer, INDArray weights) {
    INDArray values = weights.ulike();
    quantizer.quantize(weights, quantizer.scale(weights, () -> "W"), values);
    return values;
  }

  static Quantizer quantizer(QuantizedLayer layer) {
    return quantizer(layer, layer.quantizedParameters().get(0));
  }

  private static Quantizer quantizer(QuantizedLayer layer, QuantizedParameter parameter) {
    WeightQuantization options = layer.getQuantization();
    return new Quantizer(options.getBits(), options.getGranularity(), parameter.channelDimension());
  }
}
