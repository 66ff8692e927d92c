package org.dl4j.q4.kernels;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * 2D convolution by ND4J's ops. Weights are [out, in, height, width], the bias is [out] or null;
 * images are in the geometry's layout. Outputs are written in place, so that the caller chooses the
 * workspace; they must be 'c' ordered.
 */
public final class Conv2d {

  private Conv2d() {}

  /**
   * y = conv(x, w) + b.
   *
   * @param x input images
   * @param w weights
   * @param b bias, or null
   * @param geometry kernel, stride, padding, dilation, layout
   * @param y receives the output images
   */
  public static void forward(
      INDArray x, INDArray w, INDArray b, Conv2dGeometry geometry, INDArray y) {
    run("conv2d", inputs(readable(x, geometry), w, b), new INDArray[] {y}, geometry);
  }

  /**
   * The three gradients of a convolution.
   *
   * @param x input images of the forward pass
   * @param w weights of the forward pass
   * @param b bias, or null
   * @param dy gradient at the output, before any activation
   * @param geometry kernel, stride, padding, dilation, layout
   * @param dx receives the gradient at the input
   * @param dw receives the weight gradient, summed over the batch
   * @param db receives the bias gradient, or null
   */
  public static void backward(
      INDArray x,
      INDArray w,
      INDArray b,
      INDArray dy,
      Conv2dGeometry geometry,
      INDArray dx,
      INDArray dw,
      INDArray db) {
    INDArray[] outputs = db == null ? new INDArray[] {dx, dw} : new INDArray[] {dx, dw, flat(db)};
    INDArray[] inputs = inputs(readable(x, geometry), w, b, readable(dy, geometry));
    run("conv2d_bp", inputs, outputs, geometry);
  }

  private static void run(
      String name, INDArray[] inputs, INDArray[] outputs, Conv2dGeometry geometry) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(geometry.arguments())
            .build());
  }

  /**
   * With the channels last, ND4J's oneDNN helper takes the strides of 'c' order for granted: of any
   * other array it reads wrong elements, and beyond its end. DL4J hands out such arrays, as its own
   * convolution's gradient at the input.
   */
  private static INDArray readable(INDArray images, Conv2dGeometry geometry) {
    boolean ordered = images.ordering() == 'c' && Shape.hasDefaultStridesForShape(images);
    return ordered || !geometry.channelsLast() ? images : images.dup('c');
  }

  /** The op's inputs in their order; the bias may be missing. */
  private static INDArray[] inputs(INDArray x, INDArray w, INDArray b, INDArray... rest) {
    List<INDArray> inputs = new ArrayList<>(List.of(x, w));
    if (b != null) {
      inputs.add(flat(b));
    }
    inputs.addAll(List.of(rest));
    return inputs.toArray(new INDArray[0]);
  }

  private static INDArray flat(INDArray vector) {
    return vector.rank() == 1 ? vector : vector.reshape(vector.length());
  }
}
