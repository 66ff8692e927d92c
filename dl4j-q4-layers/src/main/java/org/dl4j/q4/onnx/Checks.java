package org.dl4j.q4.onnx;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.dl4j.q4.network.Step;

/** What layers ask of their input and options. */
final class Checks {

  private Checks() {}

  /**
   * @param what what the step has that cannot be written
   */
  static void supported(boolean condition, Step step, String what) {
    if (!condition) {
      throw unsupported(step, what);
    }
  }

  static UnsupportedInOnnxException unsupported(Step step, String what) {
    return new UnsupportedInOnnxException(
        step.describe() + " cannot be written to ONNX with " + what);
  }

  static void images(Step step, Value input, CNN2DFormat format) {
    if (input.layout() != Layout.of(format)) {
      throw unsupported(
          step,
          "input of layout " + input.layout() + ", where the layer's own is " + Layout.of(format));
    }
  }

  static void flat(Step step, Value input) {
    supported(!input.layout().isImages(), step, "images as input; expected [batch, features]");
  }
}
