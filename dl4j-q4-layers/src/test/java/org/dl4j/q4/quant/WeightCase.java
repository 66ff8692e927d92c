package org.dl4j.q4.quant;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A random weight tensor and a quantizer for it, drawn by the properties. */
final class WeightCase {

  /** How the same elements lie in memory. */
  enum Layout {
    C {
      @Override
      INDArray of(INDArray array) {
        return array.dup('c');
      }
    },
    F {
      @Override
      INDArray of(INDArray array) {
        return array.dup('f');
      }
    },
    /** A slice of a larger array: neither offset nor strides are the usual ones. */
    VIEW {
      @Override
      INDArray of(INDArray array) {
        long[] larger = array.shape().clone();
        larger[0] += 2;
        larger[larger.length - 1] += 3;
        INDArray view =
            Nd4j.valueArrayOf(larger, Double.NaN, array.dataType())
                .get(
                    ranges(
                        NDArrayIndex.interval(1, 1 + array.size(0)),
                        array.rank(),
                        NDArrayIndex.interval(2, 2 + array.size(array.rank() - 1))));
        return view.assign(array);
      }
    },
    /** A part of a flat vector, as a network's parameters are. */
    FLAT {
      @Override
      INDArray of(INDArray array) {
        INDArray flat =
            Nd4j.valueArrayOf(new long[] {array.length() + 7}, Double.NaN, array.dataType());
        INDArray part = flat.get(NDArrayIndex.interval(4, 4 + array.length()));
        return part.reshape('f', array.shape()).assign(array);
      }
    },
    /** Dimensions swapped without moving an element. */
    PERMUTED {
      @Override
      INDArray of(INDArray array) {
        int[] reversed = new int[array.rank()];
        Arrays.setAll(reversed, d -> array.rank() - 1 - d);
        return array.permute(reversed).dup('c').permute(reversed);
      }
    };

    abstract INDArray of(INDArray array);

    private static INDArrayIndex[] ranges(INDArrayIndex first, int rank, INDArrayIndex last) {
      INDArrayIndex[] all = new INDArrayIndex[rank];
      Arrays.fill(all, NDArrayIndex.all());
      all[0] = first;
      all[rank - 1] = last;
      return all;
    }
  }

  final DataType type;
  final Quantizer quantizer;
  final Layout layout;
  private final long[] shape;
  private final double magnitude;
  private final long seed;

  WeightCase(
      DataType type,
      int bits,
      Granularity granularity,
      long[] shape,
      double magnitude,
      Layout layout,
      long seed) {
    this.type = type;
    // Output channels come first in convolution weights, last in dense ones.
    this.quantizer = new Quantizer(bits, granularity, shape.length == 4 ? 0 : 1);
    this.shape = shape;
    this.magnitude = magnitude;
    this.layout = layout;
    this.seed = seed;
  }

  /** Gaussian weights of the magnitude, in 'c' order; some exactly 0. */
  INDArray weights() {
    Random random = new Random(seed);
    double[] elements = new double[length()];
    Arrays.setAll(elements, i -> random.nextInt(8) == 0 ? 0 : random.nextGaussian() * magnitude);
    return Nd4j.createFromArray(elements).castTo(type).reshape('c', shape);
  }

  INDArray scale(INDArray weights) {
    return quantizer.scale(weights, this::toString);
  }

  INDArray values(INDArray weights, INDArray scale) {
    INDArray values = weights.ulike();
    quantizer.quantize(weights, scale, values);
    return values;
  }

  /** The scale of each element, in 'c' order. */
  double[] scaleOfEachElement(INDArray scale) {
    double[] ofChannel = scale.toDoubleVector();
    double[] scales = new double[length()];
    int perOutput = scales.length / (int) shape[0];
    for (int i = 0; i < scales.length; i++) {
      int channel = shape.length == 4 ? i / perOutput : i % (int) shape[1];
      scales[i] = ofChannel[ofChannel.length == 1 ? 0 : channel];
    }
    return scales;
  }

  private int length() {
    return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** Elements in 'c' order, whatever the array's layout. */
  static double[] elements(INDArray array) {
    return array.dup('c').reshape(array.length()).toDoubleVector();
  }

  @Override
  public String toString() {
    return type
        + " "
        + Arrays.toString(shape)
        + " × "
        + magnitude
        + ", largest code "
        + quantizer.maxCode()
        + ", "
        + layout
        + ", seed "
        + seed;
  }
}
