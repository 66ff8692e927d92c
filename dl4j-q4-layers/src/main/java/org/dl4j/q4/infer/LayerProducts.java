package org.dl4j.q4.infer;

import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights and bias of a convolution or a dense layer, as plans have them. */
final class LayerProducts {

  private LayerProducts() {}

  /**
   * @param flattened of the features that a dense layer reads, if they were channels-first images:
   *     [channels, height, width]; in the plan they lie channels-last. Else null
   */
  static ProductWeights weights(Step step, long[] flattened) {
    INDArray floats = step.layer().paramTable().get(DefaultParamInitializer.WEIGHT_KEY);
    if (floats.dataType() != DataType.FLOAT) {
      throw Planner.unsupported(step, "parameters of type " + floats.dataType());
    }
    QuantizedTensor quantized =
        QuantizedWeights.of(step.layer()).get(DefaultParamInitializer.WEIGHT_KEY);
    INDArray ordered = ordered(quantized == null ? floats : quantized.codes(), flattened);
    if (quantized == null) {
      return ProductWeights.ofValues(ordered.shape(), flat(ordered).toFloatVector());
    }
    byte[] codes = new byte[Math.toIntExact(ordered.length())];
    flat(ordered).data().asNio().get(codes);
    float[] scales = quantized.scale().reshape(quantized.scale().length()).toFloatVector();
    return ProductWeights.ofCodes(ordered.shape(), quantized.bits(), codes, scales);
  }

  /** Output channels first, in row-major order. */
  private static INDArray ordered(INDArray weights, long[] flattened) {
    if (weights.rank() != 2) {
      return weights.dup('c');
    }
    INDArray rows = weights.transpose().dup('c');
    if (flattened == null) {
      return rows;
    }
    long out = rows.size(0);
    return rows.reshape('c', out, flattened[0], flattened[1], flattened[2])
        .permute(0, 2, 3, 1)
        .dup('c')
        .reshape('c', out, rows.size(1));
  }

  private static INDArray flat(INDArray rowMajor) {
    return rowMajor.reshape(rowMajor.length());
  }

  /** Null if the layer has none. */
  static float[] bias(Step step) {
    INDArray bias = step.layer().paramTable().get(DefaultParamInitializer.BIAS_KEY);
    return bias == null ? null : bias.reshape(bias.length()).toFloatVector();
  }
}
