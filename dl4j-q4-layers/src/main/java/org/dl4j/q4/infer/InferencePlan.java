package org.dl4j.q4.infer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;

/**
 * What a network computes in inference, and nothing else: operations in an order in which each
 * comes after those that it reads, batch norm folded, dropout gone. Immutable.
 *
 * <p>For networks of one input and one output, FLOAT, of convolutions, dense and output layers,
 * batch norm behind them, pooling, activation, dropout and loss layers, and vertices that add two
 * values.
 */
public final class InferencePlan {

  /** How the network's input lies. */
  public enum InputLayout {
    /** [batch, channels, height, width]. */
    CHANNELS_FIRST,
    /** [batch, height, width, channels]. */
    CHANNELS_LAST,
    /** [batch, features]. */
    FEATURES
  }

  private final String input;
  private final InputLayout inputLayout;
  private final long[] inputImage;
  private final List<Operation> operations;
  private final String output;

  /**
   * @param inputImage [channels, height, width] if features are images in that order; else null
   */
  InferencePlan(
      String input,
      InputLayout inputLayout,
      long[] inputImage,
      List<Operation> operations,
      String output) {
    this.input = input;
    this.inputLayout = inputLayout;
    this.inputImage = inputImage;
    this.operations = List.copyOf(operations);
    this.output = output;
  }

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized; left as
   *     it is
   * @return what it computes
   * @throws UnsupportedForInferenceException if it has a part that plans do not have
   * @throws IllegalArgumentException if it is of another kind, or not initialized
   */
  public static InferencePlan of(Model network) {
    return Planner.plan(network);
  }

  /**
   * @return the same plan without the elements of weights: all that shapes and types are told from,
   *     for who keeps the weights in another form
   */
  public InferencePlan withoutWeights() {
    List<Operation> light =
        operations.stream().map(Operation::withoutWeights).collect(Collectors.toList());
    return new InferencePlan(input, inputLayout, inputImage, light, output);
  }

  /**
   * @return name of the input
   */
  public String input() {
    return input;
  }

  /**
   * @return how it lies
   */
  public InputLayout inputLayout() {
    return inputLayout;
  }

  /**
   * @param shape of an input, the batch included
   * @return [channels, height, width], or [features] if it is no image
   * @throws IllegalArgumentException if the input cannot have this shape
   */
  public long[] valueShape(long... shape) {
    boolean features = inputLayout == InputLayout.FEATURES;
    if (shape.length != (features ? 2 : 4) || shape[0] < 1) {
      throw new IllegalArgumentException(
          String.format(
              "Expected an input of %s, found the shape %s",
              features
                  ? "[batch, features]"
                  : inputLayout == InputLayout.CHANNELS_LAST
                      ? "[batch, height, width, channels]"
                      : "[batch, channels, height, width]",
              Arrays.toString(shape)));
    }
    if (inputLayout == InputLayout.CHANNELS_FIRST) {
      return new long[] {shape[1], shape[2], shape[3]};
    }
    if (inputLayout == InputLayout.CHANNELS_LAST) {
      return new long[] {shape[3], shape[1], shape[2]};
    }
    if (inputImage == null) {
      return new long[] {shape[1]};
    }
    if (inputImage[0] * inputImage[1] * inputImage[2] != shape[1]) {
      throw new IllegalArgumentException(
          "Expected an input of images "
              + Arrays.toString(inputImage)
              + ", found "
              + shape[1]
              + " features");
    }
    return inputImage.clone();
  }

  /**
   * @return each after those that it reads
   */
  public List<Operation> operations() {
    return operations;
  }

  /**
   * @return name of the value that is the network's output
   */
  public String output() {
    return output;
  }
}
