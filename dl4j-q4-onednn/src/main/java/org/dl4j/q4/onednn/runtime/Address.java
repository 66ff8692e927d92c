package org.dl4j.q4.onednn.runtime;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A place in native memory that belongs to someone else, to hand to oneDNN. */
public final class Address extends Pointer {

  /** The first element of an array. A view's buffer has the address of the whole. */
  public Address at(INDArray array) {
    DataBuffer data = array.data();
    return at(data.address() + array.offset() * data.getElementSize());
  }

  public Address at(long place) {
    this.address = place;
    return this;
  }
}
