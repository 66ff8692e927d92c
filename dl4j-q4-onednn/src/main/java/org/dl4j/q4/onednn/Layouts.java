package org.dl4j.q4.onednn;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How arrays lie in memory, as oneDNN describes it. Its dimensions are always [batch, channels,
 * height, width] and [out, in, …]; the layout says where an element is.
 */
final class Layouts {

  private Layouts() {}

  /**
   * @param array images in the layout, 'c' ordered
   * @return [batch, channels, height, width]
   */
  static long[] imageSizes(INDArray array, boolean channelsLast) {
    return channelsLast
        ? new long[] {array.size(0), array.size(3), array.size(1), array.size(2)}
        : array.shape();
  }

  /**
   * @return height and width
   */
  static long[] imageSize(INDArray array, boolean channelsLast) {
    long[] sizes = imageSizes(array, channelsLast);
    return new long[] {sizes[2], sizes[3]};
  }

  static memory.desc images(long[] sizes, memory.data_type type, boolean channelsLast) {
    return new memory.desc(
        sizes, type, channelsLast ? memory.format_tag.nhwc : memory.format_tag.nchw);
  }

  static memory.desc matrix(long[] sizes, memory.data_type type) {
    return new memory.desc(sizes, type, memory.format_tag.nc);
  }

  /** The layout that oneDNN likes best. */
  static memory.desc any(long[] sizes, memory.data_type type) {
    return new memory.desc(sizes, type, memory.format_tag.any);
  }

  static memory.desc vector(long size) {
    return new memory.desc(new long[] {size}, memory.data_type.f32, memory.format_tag.x);
  }

  static memory.desc strided(long[] sizes, long[] strides) {
    return new memory.desc(sizes, memory.data_type.f32, strides);
  }

  /** One value, or one for each channel, to be broadcast over images or a matrix. */
  static memory.desc channels(int rank, long count) {
    return rank == 4
        ? new memory.desc(new long[] {1, count, 1, 1}, memory.data_type.f32, memory.format_tag.nhwc)
        : new memory.desc(new long[] {1, count}, memory.data_type.f32, memory.format_tag.nc);
  }

  /** oneDNN knows addresses alone: of an array that is too small it would read beyond the end. */
  static INDArray requireShape(INDArray array, long[] shape, String name) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IllegalArgumentException(
          name
              + " must have the shape "
              + Arrays.toString(shape)
              + "; got "
              + Arrays.toString(array.shape()));
    }
    return array;
  }
}
