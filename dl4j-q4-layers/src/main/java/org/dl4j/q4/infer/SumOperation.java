package org.dl4j.q4.infer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sum of two values of the same shape, and an activation function. */
public final class SumOperation extends Operation {

  private final ActivationFunction activation;

  SumOperation(String output, List<String> inputs, ActivationFunction activation) {
    super(output, inputs);
    this.activation = activation;
  }

  @Override
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    if (!Arrays.equals(inputShapes.get(0), inputShapes.get(1))) {
      throw wrongInput(
          "a second value of shape " + Arrays.toString(inputShapes.get(0)), inputShapes.get(1));
    }
    return inputShapes.get(0).clone();
  }

  @Override
  Optional<Operation> followedBy(String newOutput, ActivationFunction function) {
    return Optional.of(new SumOperation(newOutput, inputs(), function));
  }
}
