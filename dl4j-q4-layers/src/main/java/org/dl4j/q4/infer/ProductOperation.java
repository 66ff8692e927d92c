package org.dl4j.q4.infer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dl4j.q4.kernels.Window2d;

/**
 * A convolution or a dense layer: products of weights with what it reads, a bias, an activation
 * function. A dense layer reads images as one row of height · width · channels.
 */
public final class ProductOperation extends Operation {

  private final Window2d window;
  private final long[] image;
  private final ProductWeights weights;
  private final float[] bias;
  private final ActivationFunction activation;

  /**
   * @param window null for a dense layer
   * @param image what a dense layer's features were, [channels, height, width]; null if unknown
   * @param bias null for none
   */
  ProductOperation(
      String output,
      String input,
      Window2d window,
      long[] image,
      ProductWeights weights,
      float[] bias,
      ActivationFunction activation) {
    super(output, List.of(input));
    this.window = window;
    this.image = image;
    this.weights = weights;
    this.bias = bias;
    this.activation = activation;
  }

  /**
   * @return of a convolution; empty for a dense layer
   */
  public Optional<Window2d> window() {
    return Optional.ofNullable(window);
  }

  /**
   * @return output channels first
   */
  public ProductWeights weights() {
    return weights;
  }

  /**
   * @return one for each output channel; 0 where the layer has none
   */
  public float[] bias() {
    return bias == null ? new float[(int) weights.shape()[0]] : bias.clone();
  }

  /**
   * @param from first output channel
   * @param to the one behind the last
   * @return what makes these alone
   */
  public ProductOperation outputChannels(int from, int to) {
    return new ProductOperation(
        output(),
        input(),
        window,
        image,
        weights.outputChannels(from, to),
        bias == null ? null : Arrays.copyOfRange(bias, from, to),
        activation);
  }

  /**
   * @return the same, without the elements of its weights, for who keeps them in another form
   */
  @Override
  public ProductOperation withoutWeights() {
    return new ProductOperation(
        output(), input(), window, image, weights.withoutElements(), bias, activation);
  }

  @Override
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    long[] in = inputShapes.get(0);
    long[] shape = weights.shape();
    if (window == null) {
      if (image != null && in.length == Shapes.IMAGE && !Arrays.equals(in, image)) {
        throw wrongInput(Arrays.toString(image), in);
      }
      long features = Arrays.stream(in).reduce(1, (a, b) -> a * b);
      if (features != shape[1]) {
        throw wrongInput(shape[1] + " features", in);
      }
      return new long[] {shape[0]};
    }
    if (in.length != Shapes.IMAGE || in[0] != shape[1]) {
      throw wrongInput("[" + shape[1] + ", height, width]", in);
    }
    return Shapes.windowed(window, in, shape[0]);
  }

  @Override
  Optional<Operation> followedBy(String newOutput, ActivationFunction function) {
    return Optional.of(
        new ProductOperation(newOutput, input(), window, image, weights, bias, function));
  }
}
