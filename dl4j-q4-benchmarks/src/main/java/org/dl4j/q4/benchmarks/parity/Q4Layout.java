package org.dl4j.q4.benchmarks.parity;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Between Deeplearning4j's arrays of parameters and PyTorch's. */
final class Q4Layout {

  private final CNN2DFormat format;

  Q4Layout(CNN2DFormat format) {
    this.format = format;
  }

  /**
   * @param parameter of which the array is, or its codes or moments
   * @param array in Deeplearning4j's layout
   * @return its numbers in PyTorch's
   */
  double[] toTorch(Parameter parameter, INDArray array) {
    INDArray values = array.castTo(DataType.DOUBLE);
    if (parameter.shape().length == 2) {
      values = isAfterFeatureMap(parameter) ? channelsFirst(parameter, values) : values;
      values = values.transpose();
    }
    return values.dup('c').reshape(values.length()).toDoubleVector();
  }

  /**
   * @param parameter of which the array is, or its moments
   * @param numbers in PyTorch's layout
   * @param array where to write them in Deeplearning4j's
   */
  void fromTorch(Parameter parameter, double[] numbers, INDArray array) {
    INDArray values = Nd4j.createFromArray(numbers).reshape(parameter.shape());
    if (parameter.shape().length == 2) {
      values = values.transpose();
      values = isAfterFeatureMap(parameter) ? channelsLast(parameter, values) : values;
    }
    array.assign(values.dup('c').reshape(array.shape()).castTo(array.dataType()));
  }

  /** Whether the order of its inputs depends on the layout of images. */
  private boolean isAfterFeatureMap(Parameter parameter) {
    return format == CNN2DFormat.NHWC && parameter.layer().equals("dense");
  }

  private static INDArray channelsFirst(Parameter parameter, INDArray inByOut) {
    long height = Parameters.FEATURE_MAP[0];
    long width = Parameters.FEATURE_MAP[1];
    long out = parameter.shape()[0];
    long in = parameter.shape()[1];
    return inByOut
        .dup('c')
        .reshape('c', height, width, in / height / width, out)
        .permute(2, 0, 1, 3)
        .dup('c')
        .reshape('c', in, out);
  }

  private static INDArray channelsLast(Parameter parameter, INDArray inByOut) {
    long height = Parameters.FEATURE_MAP[0];
    long width = Parameters.FEATURE_MAP[1];
    long out = parameter.shape()[0];
    long in = parameter.shape()[1];
    return inByOut
        .dup('c')
        .reshape('c', in / height / width, height, width, out)
        .permute(1, 2, 0, 3)
        .dup('c')
        .reshape('c', in, out);
  }
}
