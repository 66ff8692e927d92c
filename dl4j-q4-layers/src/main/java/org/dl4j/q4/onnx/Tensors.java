package org.dl4j.q4.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.TensorProto;
import org.dl4j.q4.quant.BitPacking;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Tensors of ONNX's format, their numbers as {@code raw_data}: little-endian, the last dimension
 * fastest. INT4 packs two elements to a byte, the first in the low four bits, as two's complement.
 */
final class Tensors {

  /** ONNX's number of the type INT4, which the protobuf classes of nd4j-api do not have yet. */
  static final int INT4 = 22;

  private static final int INT4_BITS = 4;

  private Tensors() {}

  /**
   * @param array any numbers
   * @param shape their shape in the file
   * @return them as FP32
   */
  static TensorProto floats(String name, INDArray array, long... shape) {
    INDArray flat = array.castTo(DataType.FLOAT).dup('c');
    return floats(name, flat.reshape(flat.length()).toFloatVector(), shape);
  }

  static TensorProto floats(String name, float[] numbers, long... shape) {
    ByteBuffer bytes = littleEndian(Float.BYTES * numbers.length);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return tensor(name, TensorProto.DataType.FLOAT_VALUE, bytes.flip(), shape);
  }

  static TensorProto longs(String name, long... numbers) {
    ByteBuffer bytes = littleEndian(Long.BYTES * numbers.length);
    for (long number : numbers) {
      bytes.putLong(number);
    }
    return tensor(name, TensorProto.DataType.INT64_VALUE, bytes.flip(), numbers.length);
  }

  /** INT32, of rank 1. */
  static TensorProto ints(String name, int[] numbers) {
    ByteBuffer bytes = littleEndian(Integer.BYTES * numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return tensor(name, TensorProto.DataType.INT32_VALUE, bytes.flip(), numbers.length);
  }

  /** INT8. */
  static TensorProto bytes(String name, byte[] numbers, long... shape) {
    return tensor(name, TensorProto.DataType.INT8_VALUE, ByteBuffer.wrap(numbers), shape);
  }

  /**
   * @param number from 0 to 255
   * @return it as UINT8, of rank 0
   */
  static TensorProto unsignedByte(String name, int number) {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) number});
    return tensor(name, TensorProto.DataType.UINT8_VALUE, bytes);
  }

  /**
   * @param codes codes of quantized weights as INT8
   * @param bits width of a code
   * @return them in their shape: INT4 up to 4 bits, INT8 above
   */
  static TensorProto codes(String name, INDArray codes, int bits) {
    byte[] bytes = new byte[Math.toIntExact(codes.length())];
    codes.dup('c').data().asNio().get(bytes);
    return bits <= INT4_BITS
        ? tensor(name, INT4, ByteBuffer.wrap(BitPacking.pack(bytes, INT4_BITS)), codes.shape())
        : bytes(name, bytes, codes.shape());
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(String name, int type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .setRawData(ByteString.copyFrom(bytes));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }
}
