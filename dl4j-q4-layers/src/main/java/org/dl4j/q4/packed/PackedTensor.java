package org.dl4j.q4.packed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.dl4j.q4.quant.BitPacking;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.quant.Quantizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One parameter of a packed model: codes, packed, with their scales; or floating-point numbers.
 * Immutable; elements are in row-major order of the shape.
 */
public final class PackedTensor {

  private final String layer;
  private final String parameter;
  private final DataType type;
  private final int codeBits;
  private final int channelDimension;
  private final long[] shape;
  private final byte[] scales;
  private final byte[] elements;

  PackedTensor(
      String layer,
      String parameter,
      DataType type,
      int codeBits,
      int channelDimension,
      long[] shape,
      byte[] scales,
      byte[] elements) {
    this.layer = layer;
    this.parameter = parameter;
    this.type = type;
    this.codeBits = codeBits;
    this.channelDimension = channelDimension;
    this.shape = shape.clone();
    this.scales = scales;
    this.elements = elements;
  }

  static PackedTensor of(String layer, String parameter, INDArray values) {
    return new PackedTensor(
        layer, parameter, values.dataType(), 0, -1, values.shape(), new byte[0], bytes(values));
  }

  static PackedTensor of(String layer, String parameter, QuantizedTensor tensor) {
    return new PackedTensor(
        layer,
        parameter,
        tensor.scale().dataType(),
        tensor.bits(),
        tensor.channelDimension(),
        tensor.codes().shape(),
        bytes(tensor.scale()),
        BitPacking.pack(bytes(tensor.codes()), tensor.bits()));
  }

  /**
   * @return the layer's index in a {@code MultiLayerNetwork}, the vertex's name in a graph
   */
  public String layer() {
    return layer;
  }

  /**
   * @return its name within the layer, such as {@code W}
   */
  public String parameter() {
    return parameter;
  }

  /**
   * @return of the numbers or of the scales: FLOAT or DOUBLE
   */
  public DataType type() {
    return type;
  }

  /**
   * @return whether it holds codes
   */
  public boolean isQuantized() {
    return codeBits > 0;
  }

  /**
   * @return width of an element: of a code, or 32 or 64
   */
  public int bits() {
    return isQuantized() ? codeBits : type.width() * Byte.SIZE;
  }

  /**
   * @return the dimension whose indices count the scales; −1 if there is one scale, or none
   */
  public int channelDimension() {
    return channelDimension;
  }

  /**
   * @return its shape
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * @return number of elements
   */
  public long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * @return bytes that its elements and scales take, in the file and in memory
   */
  public long packedBytes() {
    return (long) scales.length + elements.length;
  }

  /**
   * @return codes and scales, unpacked
   * @throws IllegalStateException if it holds none
   * @throws IllegalArgumentException if a code or a scale is outside its range
   */
  public QuantizedTensor quantized() {
    if (!isQuantized()) {
      throw new IllegalStateException(this + " holds no codes");
    }
    byte[] codes = BitPacking.unpack(elements, codeBits, Math.toIntExact(length()));
    Quantizer quantizer =
        new Quantizer(
            codeBits,
            channelDimension < 0 ? Granularity.PER_TENSOR : Granularity.PER_CHANNEL,
            Math.max(0, channelDimension));
    try {
      return quantizer.restore(
          array(DataType.INT8, codes, shape), array(type, scales, scales.length / type.width()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(this + ": " + e.getMessage(), e);
    }
  }

  /**
   * @return the numbers
   * @throws IllegalStateException if it holds codes
   */
  public INDArray values() {
    if (isQuantized()) {
      throw new IllegalStateException(this + " holds codes, not numbers");
    }
    return array(type, elements, shape);
  }

  byte[] scaleBytes() {
    return scales;
  }

  byte[] elementBytes() {
    return elements;
  }

  /** Row-major, little-endian. */
  private static byte[] bytes(INDArray array) {
    INDArray flat = array.dup('c').reshape(array.length());
    long length = array.length() * array.dataType().width();
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              "Expected parameters of at most 2147483647 bytes, found one of %d elements of %s",
              array.length(), array.dataType()));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    switch (array.dataType()) {
      case BYTE: // INT8
        flat.data().asNio().get(bytes.array());
        break;
      case FLOAT:
        bytes.asFloatBuffer().put(flat.toFloatVector());
        break;
      default:
        bytes.asDoubleBuffer().put(flat.toDoubleVector());
    }
    return bytes.array();
  }

  private static INDArray array(DataType type, byte[] littleEndian, long... shape) {
    ByteBuffer bytes = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case BYTE: // INT8
        INDArray codes = Nd4j.createUninitialized(DataType.INT8, shape);
        codes.data().asNio().put(bytes);
        return codes;
      case FLOAT:
        float[] floats = new float[littleEndian.length / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return Nd4j.create(floats, shape, 'c');
      default:
        double[] doubles = new double[littleEndian.length / Double.BYTES];
        bytes.asDoubleBuffer().get(doubles);
        return Nd4j.createFromArray(doubles).reshape('c', shape);
    }
  }

  @Override
  public String toString() {
    return "Parameter \"" + parameter + "\" of layer \"" + layer + "\"";
  }
}
