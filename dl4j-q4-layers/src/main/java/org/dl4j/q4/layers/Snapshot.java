package org.dl4j.q4.layers;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What an array held, bit for bit, to tell later whether it still does. ND4J's arrays have no
 * version, and anyone may write into a network's parameters ({@code network.params()}, {@code
 * getParam}, an averaging of workers), so the contents are compared, which takes a fraction of the
 * time of quantizing them.
 */
final class Snapshot {

  private INDArray copy;

  /**
   * @param array to compare with
   * @return true if it holds what it held when it was taken; false if in doubt
   */
  boolean matches(INDArray array) {
    if (copy == null || copy.dataType() != array.dataType() || copy.length() != array.length()) {
      return false;
    }
    return bytes(array).equals(bytes(copy));
  }

  /**
   * Remembers an array's contents. Does nothing where they cannot be compared: on a device with
   * memory of its own, or if the elements do not lie one after the other.
   *
   * @param array the array
   */
  void take(INDArray array) {
    if (!isComparable(array)) {
      forget();
      return;
    }
    if (copy != null && copy.dataType() == array.dataType() && copy.length() == array.length()) {
      copy.assign(flat(array));
      return;
    }
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      copy = flat(array).dup();
    }
  }

  /** From here on, nothing matches. */
  void forget() {
    copy = null;
  }

  private static boolean isComparable(INDArray array) {
    return Nd4j.getBackend().getEnvironment().isCPU()
        && array.elementWiseStride() == 1
        && array.length() * array.data().getElementSize() <= Integer.MAX_VALUE;
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.ordering(), new long[] {array.length()});
  }

  private static ByteBuffer bytes(INDArray array) {
    long size = array.data().getElementSize();
    BytePointer pointer = new BytePointer(array.data().pointer());
    long first = array.offset() * size;
    return pointer.capacity(first + array.length() * size).position(first).asByteBuffer();
  }
}
