package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.dl4j.q4.network.Step;

/**
 * The attributes of a window that slides over images. {@code ConvolutionMode.Same} pads by {@code
 * (out − 1)·stride + dilation·(kernel − 1) + 1 − in} in all, the odd one at the bottom and right:
 * at stride 1 that is the same for every size of image, and written out; above, it is {@code
 * SAME_UPPER}, which leaves it to the runtime.
 */
final class Window {

  private Window() {}

  /**
   * @param kernel height and width; the others likewise
   * @param padding above and left, and as much below and right; ignored in mode Same
   * @throws UnsupportedInOnnxException in mode Same with stride and dilation both above 1, which
   *     runtimes do not pad
   */
  static List<AttributeProto> attributes(
      Step step, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(Attributes.list("kernel_shape", kernel[0], kernel[1]));
    attributes.add(Attributes.list("strides", stride[0], stride[1]));
    attributes.add(Attributes.list("dilations", dilation[0], dilation[1]));
    Checks.supported(mode != ConvolutionMode.Causal, step, "ConvolutionMode.Causal");
    if (mode != ConvolutionMode.Same) { // Truncate, Strict, null
      attributes.add(Attributes.list("pads", padding[0], padding[1], padding[0], padding[1]));
    } else if (stride[0] == 1 && stride[1] == 1) {
      long height = (long) dilation[0] * (kernel[0] - 1);
      long width = (long) dilation[1] * (kernel[1] - 1);
      attributes.add(
          Attributes.list("pads", height / 2, width / 2, height - height / 2, width - width / 2));
    } else {
      Checks.supported(
          dilation[0] == 1 && dilation[1] == 1,
          step,
          "ConvolutionMode.Same where both stride and dilation are above 1");
      attributes.add(Attributes.of("auto_pad", "SAME_UPPER"));
    }
    return attributes;
  }
}
