package org.dl4j.q4.infer;

import java.util.List;
import java.util.Optional;

/** An activation function that no operation before it could take along. */
public final class ActivationOperation extends Operation {

  private final ActivationFunction activation;

  ActivationOperation(String output, String input, ActivationFunction activation) {
    super(output, List.of(input));
    this.activation = activation;
  }

  @Override
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    if (activation.kind() == ActivationFunction.Kind.SOFTMAX && inputShapes.get(0).length != 1) {
      throw wrongInput("[features]", inputShapes.get(0));
    }
    return inputShapes.get(0).clone();
  }

  @Override
  Optional<Operation> followedBy(String newOutput, ActivationFunction function) {
    return Optional.empty(); // it has one already
  }
}
