package org.dl4j.q4.onednn.runtime;

/** Has native memory that does not belong to the scope in which it was made. */
public interface Releasable {

  /** Frees it at once; the object must not be used again. */
  void release();
}
