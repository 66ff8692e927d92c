package org.dl4j.q4.infer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a plan does at one place. It reads values by their names and makes one; images lie
 * channels-last.
 */
public abstract class Operation {

  private final String output;
  private final List<String> inputs;

  Operation(String output, List<String> inputs) {
    this.output = output;
    this.inputs = List.copyOf(inputs);
  }

  /**
   * @return name of the value that it makes: of the layer or vertex behind which it is found
   */
  public final String output() {
    return output;
  }

  /**
   * @return names of the values that it reads
   */
  public final List<String> inputs() {
    return inputs;
  }

  /**
   * @return name of the only value that it reads, or of the first
   */
  public final String input() {
    return inputs.get(0);
  }

  /**
   * @param inputShapes of what it reads, without the batch: [channels, height, width] or [features]
   * @return of what it makes
   * @throws IllegalArgumentException if it cannot read these
   */
  public abstract long[] outputShape(List<long[]> inputShapes);

  /**
   * @return the function that its result goes through; of a product or a sum, a piecewise linear
   *     one
   */
  public abstract ActivationFunction activation();

  /**
   * @param newOutput another name
   * @param function applied to its result, which nothing has been applied to yet
   * @return this operation with both; empty if it takes none
   */
  abstract Optional<Operation> followedBy(String newOutput, ActivationFunction function);

  /**
   * @return this operation; a product without the elements of its weights
   */
  Operation withoutWeights() {
    return this;
  }

  final IllegalArgumentException wrongInput(String expected, long... found) {
    return new IllegalArgumentException(
        output + ": expected " + expected + ", found " + Arrays.toString(found));
  }
}
