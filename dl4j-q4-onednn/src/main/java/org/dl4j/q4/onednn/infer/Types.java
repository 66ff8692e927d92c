package org.dl4j.q4.onednn.infer;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.infer.ValueType;

/**
 * Values of a plan in oneDNN's terms: dimensions with the batch, channels second, channels-last.
 */
final class Types {

  private Types() {}

  static memory.data_type of(ValueType type) {
    switch (type.kind()) {
      case UNSIGNED:
        return memory.data_type.u8;
      case SIGNED:
        return memory.data_type.s8;
      default:
        return memory.data_type.f32;
    }
  }

  /**
   * @param shape [channels, height, width] or [features]
   */
  static memory.desc channelsLast(long batch, long[] shape, ValueType type) {
    return new memory.desc(
        dimensions(batch, shape),
        of(type),
        shape.length == 1 ? memory.format_tag.nc : memory.format_tag.nhwc);
  }

  /** The same memory as rows. */
  static memory.desc rows(long batch, long[] shape, ValueType type) {
    return channelsLast(batch, new long[] {size(shape)}, type);
  }

  static long[] dimensions(long batch, long[] shape) {
    long[] dimensions = new long[shape.length + 1];
    dimensions[0] = batch;
    System.arraycopy(shape, 0, dimensions, 1, shape.length);
    return dimensions;
  }

  static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
