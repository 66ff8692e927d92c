package org.dl4j.q4.examples.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One image and its label, and the DataVec record they travel in: an {@code NDArrayWritable} of
 * type UINT8 and shape [3, height, width], and an {@code IntWritable}.
 */
final class LabelledImage {
  static final int CHANNELS = 3;

  final int height;
  final int width;
  final byte[] pixels;
  final int label;

  /**
   * @param pixels the red, green and blue plane, each row-major; unsigned
   */
  LabelledImage(int height, int width, byte[] pixels, int label) {
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.label = label;
  }

  List<Writable> toRecord() {
    INDArray array = Nd4j.createUninitialized(DataType.UINT8, CHANNELS, height, width);
    array.data().asNio().put(pixels);
    return List.of(new NDArrayWritable(array), new IntWritable(label));
  }

  /**
   * @throws ImageDataException if the record is anything but an UINT8 image of three channels and a
   *     label
   */
  static LabelledImage fromRecord(List<Writable> record) {
    if (record.size() != 2
        || !(record.get(0) instanceof NDArrayWritable)
        || !(record.get(1) instanceof IntWritable)) {
      throw new ImageDataException(
          "Expected a record of an NDArrayWritable and an IntWritable, found " + typesOf(record));
    }
    INDArray array = ((NDArrayWritable) record.get(0)).get();
    // Floats would be guesswork: DataVec's own image readers give them in BGR.
    if (array.dataType() != DataType.UINT8 || array.rank() != 3 || array.size(0) != CHANNELS) {
      throw new ImageDataException(
          String.format(
              "Expected an image of type %s and shape [3, height, width], found %s and %s",
              DataType.UINT8, array.dataType(), Arrays.toString(array.shape())));
    }
    // A copy in row-major order: a view's buffer holds more than the view.
    ByteBuffer buffer = array.dup('c').data().asNio();
    byte[] pixels = new byte[(int) array.length()];
    buffer.get(pixels);
    return new LabelledImage(
        (int) array.size(1), (int) array.size(2), pixels, ((IntWritable) record.get(1)).get());
  }

  private static String typesOf(List<Writable> record) {
    StringBuilder types = new StringBuilder("[");
    for (Writable value : record) {
      types.append(types.length() == 1 ? "" : ", ").append(value.getClass().getSimpleName());
    }
    return types.append("]").toString();
  }
}
