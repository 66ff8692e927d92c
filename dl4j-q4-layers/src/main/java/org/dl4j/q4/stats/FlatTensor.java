package org.dl4j.q4.stats;

import java.nio.FloatBuffer;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A tensor's weights, codes and scales as Java's arrays, elements in the weights' own order. */
final class FlatTensor {

  final double[] weights;
  final byte[] codes;
  final double[] scales;
  final int maxCode;

  /** How far apart the first elements of two neighbouring channels are. */
  private final int channelStride;

  private FlatTensor(
      double[] weights, byte[] codes, double[] scales, int maxCode, int channelStride) {
    this.weights = weights;
    this.codes = codes;
    this.scales = scales;
    this.maxCode = maxCode;
    this.channelStride = channelStride;
  }

  /**
   * @param weights float weights
   * @param tensor what the quantizer made of them
   * @return copies of both
   */
  static FlatTensor of(INDArray weights, QuantizedTensor tensor) {
    INDArray codes = tensor.codes();
    if (codes.isView() || codes.ordering() != weights.ordering()) {
      codes = codes.dup(weights.ordering());
    }
    byte[] bytes = new byte[Math.toIntExact(codes.length())];
    codes.data().asNio().get(bytes);
    return new FlatTensor(
        elements(weights),
        bytes,
        elements(tensor.scale()),
        (1 << (tensor.bits() - 1)) - 1,
        channelStride(weights, tensor.channelDimension()));
  }

  /**
   * @param array FLOAT or DOUBLE
   * @return its elements, in its own order
   */
  static double[] elements(INDArray array) {
    double[] elements = new double[Math.toIntExact(array.length())];
    INDArray packed = array.elementWiseStride() == 1 ? array : array.dup(array.ordering());
    if (packed.dataType() == DataType.DOUBLE) {
      packed.data().asNioDouble().get(elements);
      return elements;
    }
    FloatBuffer floats = packed.data().asNioFloat();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = floats.get();
    }
    return elements;
  }

  private static int channelStride(INDArray weights, int dimension) {
    if (dimension < 0) {
      return Math.toIntExact(weights.length()); // one channel, with one scale
    }
    long stride = 1;
    boolean lastIsFastest = weights.ordering() == 'c';
    for (int i = 0; i < weights.rank(); i++) {
      stride *= (lastIsFastest ? i > dimension : i < dimension) ? weights.size(i) : 1;
    }
    return Math.toIntExact(stride);
  }

  /** The scale of element i. */
  double scale(int i) {
    // The usual case, without two integer divisions for each weight.
    return scales.length == 1 ? scales[0] : scales[i / channelStride % scales.length];
  }
}
