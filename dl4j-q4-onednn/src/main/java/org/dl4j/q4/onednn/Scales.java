package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.dl4j.q4.onednn.runtime.Engine;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The scale of quantized weights and its inverse, [1] or [out], where oneDNN reads them. */
final class Scales {

  private final int count;
  private final FloatPointer scale;
  private final FloatPointer inverse;

  Scales(int count) {
    this.count = count;
    this.scale = new FloatPointer(count);
    this.inverse = new FloatPointer(count);
  }

  /** Whether each output channel has one. */
  boolean perChannel() {
    return count > 1;
  }

  void set(INDArray values) {
    for (int i = 0; i < count; i++) {
      float value = values.getFloat(i);
      scale.put(i, value);
      inverse.put(i, 1 / value);
    }
  }

  /** Memory of the scales, shaped to be broadcast over a tensor whose second dimension is out. */
  memory overChannels(int rank) {
    return new memory(Layouts.channels(rank, count), Engine.cpu(), scale);
  }

  memory scale() {
    return new memory(Layouts.vector(count), Engine.cpu(), scale);
  }

  memory inverse() {
    return new memory(Layouts.vector(count), Engine.cpu(), inverse);
  }

  /** The mask that tells oneDNN along which dimension the scales lie. */
  int mask(int channelDimension) {
    return perChannel() ? 1 << channelDimension : 0;
  }

  /**
   * What stands for a scale that is known only when the primitive runs. It is {@code
   * DNNL_RUNTIME_F32_VAL}, a NaN; the preset exports that as a double, which may lose its bits.
   */
  static float[] atRunTime() {
    return new float[] {Float.intBitsToFloat(0x7fc000d0)};
  }
}
