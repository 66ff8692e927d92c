package org.dl4j.q4.packed;

import java.util.Arrays;
import org.dl4j.q4.quant.BitPacking;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.api.buffer.DataType;

/** Reads the chunk of one parameter. */
final class TensorChunk {

  private TensorChunk() {}

  static PackedTensor read(ChunkReader chunk) throws PackedModelException {
    String layer = chunk.text();
    String parameter = chunk.text();
    int bits = chunk.u8();
    int width = chunk.u8();
    int dimension = chunk.u8();
    int rank = chunk.u8();
    boolean quantized = bits != 0;
    if (quantized && (bits < Quantizer.MIN_BITS || bits > Quantizer.MAX_BITS)) {
      throw chunk.error("expected codes of 2 to 8 bits, or 0 for numbers, found " + bits);
    }
    if (width != PackedFormat.FLOAT && width != PackedFormat.DOUBLE) {
      throw chunk.error("expected numbers of 4 or 8 bytes, found " + width);
    }
    if (rank < 1 || rank > PackedFormat.MAX_RANK) {
      throw chunk.error("expected 1 to " + PackedFormat.MAX_RANK + " dimensions, found " + rank);
    }
    boolean channels = dimension != PackedFormat.NO_CHANNELS;
    if (channels && (!quantized || dimension >= rank)) {
      throw chunk.error("expected 255 or a dimension of the codes, found " + dimension);
    }
    long[] shape = new long[rank];
    long length = 1;
    for (int i = 0; i < rank; i++) {
      shape[i] = Integer.toUnsignedLong(chunk.u32());
      if (shape[i] < 1 || length > Integer.MAX_VALUE / shape[i]) {
        throw chunk.error(
            "expected 1 to 2147483647 elements, found the shape "
                + Arrays.toString(Arrays.copyOf(shape, i + 1)));
      }
      length *= shape[i];
    }
    long scaleBytes = quantized ? (channels ? shape[dimension] : 1) * width : 0;
    long elementBytes = quantized ? BitPacking.length(length, bits) : length * width;
    if (scaleBytes + elementBytes != chunk.remaining()) {
      throw chunk.error(
          String.format(
              "expected %d bytes of scales and elements, found %d",
              scaleBytes + elementBytes, chunk.remaining()));
    }
    PackedTensor tensor =
        new PackedTensor(
            layer,
            parameter,
            width == PackedFormat.DOUBLE ? DataType.DOUBLE : DataType.FLOAT,
            bits,
            channels ? dimension : -1,
            shape,
            chunk.bytes((int) scaleBytes),
            chunk.bytes((int) elementBytes));
    if (quantized) {
      try {
        tensor.quantized();
      } catch (IllegalArgumentException e) {
        throw chunk.error(e.getMessage());
      }
    }
    return tensor;
  }
}
