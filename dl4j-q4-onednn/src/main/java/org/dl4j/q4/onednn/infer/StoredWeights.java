package org.dl4j.q4.onednn.infer;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.dl4j.q4.infer.ProductWeights;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.onednn.runtime.AlignedBuffer;
import org.dl4j.q4.onednn.runtime.Engine;

/**
 * The weights of a product in the layout that its first primitive chose, and in one of three forms:
 * whole, as the primitive reads them; as codes of a byte; as codes of half a byte.
 */
final class StoredWeights {

  private static final int HALF_A_BYTE = 4;

  private final boolean integer;
  private final int codeFactor;
  private final WeightStorage storage;
  private final float[] scales;

  /** What they are made of; null once the layout is chosen. */
  private ProductWeights source;

  private memory.desc layout;

  /** The layout with a byte for each element. */
  private memory.desc codesLayout;

  private AlignedBuffer whole;
  private AlignedBuffer codes;
  private Nibbles nibbles;

  /**
   * @param integer whether the primitive reads them as integers
   * @param codeFactor what codes are multiplied with before
   */
  StoredWeights(ProductWeights source, boolean integer, int codeFactor, WeightStorage storage) {
    this.source = source;
    this.integer = integer;
    this.codeFactor = codeFactor;
    this.storage = storage;
    this.scales = source.isQuantized() && !integer ? source.scales() : new float[0];
  }

  /** Null as long as no primitive has chosen it. */
  memory.desc layout() {
    return layout;
  }

  /**
   * @param chosen by a primitive
   */
  @SuppressWarnings("unchecked") // PointerScope's constructor has generic varargs
  void choose(memory.desc chosen) {
    memory.desc kernels = retained(new memory.desc(chosen.data()));
    codesLayout = retained(new memory.desc(chosen.data()));
    codesLayout.data().data_type(dnnl.dnnl_s8);
    PointerScope scope = new PointerScope();
    try {
      if (!source.isQuantized()) {
        whole =
            copy(
                new FloatPointer(source.values()),
                memory.data_type.f32,
                kernels,
                Reorders.UNSCALED);
      } else if (storage == WeightStorage.UNPACKED || (integer && !canBeHalved())) {
        whole =
            copy(
                codes(codeFactor),
                memory.data_type.s8,
                kernels,
                integer ? Reorders.UNSCALED : scales);
      } else {
        pack(copy(codes(1), memory.data_type.s8, codesLayout, Reorders.UNSCALED));
      }
    } finally {
      scope.close();
    }
    layout = kernels; // last, so that a failure leaves all as it was
    source = null;
  }

  private void pack(AlignedBuffer buffer) {
    if (!canBeHalved()) {
      codes = buffer;
      return;
    }
    nibbles = Nibbles.pack(Longs.of(buffer.address(), Nibbles.padded(codesLayout.get_size())));
    buffer.free();
  }

  /** Whether half a byte holds a code, and the primitive keeps no sums of weights behind them. */
  private boolean canBeHalved() {
    return source.bits() <= HALF_A_BYTE && codesLayout.data().extra().flags() == 0;
  }

  private BytePointer codes(int factor) {
    byte[] values = source.codes();
    for (int i = 0; i < values.length; i++) {
      values[i] *= (byte) factor;
    }
    return new BytePointer(values);
  }

  private AlignedBuffer copy(
      Pointer rowMajor, memory.data_type type, memory.desc to, float[] factors) {
    long[] shape = source.shape();
    memory.desc plain =
        new memory.desc(
            shape, type, shape.length == 2 ? memory.format_tag.ab : memory.format_tag.abcd);
    AlignedBuffer buffer = new AlignedBuffer(Nibbles.padded(to.get_size()));
    Longs.clear(buffer.address(), buffer.size());
    memory target = new memory(to, Engine.cpu(), Longs.pointer(buffer.address(), buffer.size()));
    Reorders.task(new memory(plain, Engine.cpu(), rowMajor), plain, target, to, factors, 0).run();
    return buffer;
  }

  /** What a program does before each run, so that its primitive finds the weights. */
  WeightFeed feed(memory argument, WorkingMemory working) {
    if (whole != null) {
      argument.set_data_handle(Longs.pointer(whole.address(), whole.size()));
      return WeightFeed.NOTHING;
    }
    return integer
        ? WeightFeed.ofIntegers(nibbles, codeFactor == 2, argument, layout, working)
        : WeightFeed.ofFloats(nibbles, codes, codesLayout, argument, layout, scales, working);
  }

  long bytes() {
    return (whole == null ? 0 : whole.size())
        + (codes == null ? 0 : codes.size())
        + (nibbles == null ? 0 : nibbles.bytes())
        + sourceBytes()
        + (long) scales.length * Float.BYTES;
  }

  private long sourceBytes() {
    if (source == null) {
      return 0;
    }
    int bits = source.isQuantized() ? source.bits() : Float.SIZE;
    return (long) source.length() * bits / Byte.SIZE;
  }

  void free() {
    if (whole != null) {
      whole.free();
    }
    if (codes != null) {
      codes.free();
    }
  }

  private static memory.desc retained(memory.desc descriptor) {
    descriptor.retainReference();
    return descriptor;
  }
}
