package org.dl4j.q4.onnx;

/** A network has a part that {@link OnnxExport} cannot write; the message names it. */
public final class UnsupportedInOnnxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedInOnnxException(String message) {
    super(message);
  }
}
