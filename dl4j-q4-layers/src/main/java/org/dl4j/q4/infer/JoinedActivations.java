package org.dl4j.q4.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a product or a sum apply the activation function behind it, if nobody else reads it. */
final class JoinedActivations {

  private JoinedActivations() {}

  /**
   * @param operations each after those that it reads
   * @param output name of the plan's output
   */
  static List<Operation> of(List<Operation> operations, String output) {
    List<Operation> joined = new ArrayList<>();
    for (Operation operation : operations) {
      int before = operation instanceof ActivationOperation ? find(operation.input(), joined) : -1;
      Optional<Operation> both =
          before >= 0
                  && operation.activation().isPiecewiseLinear()
                  && readers(operation.input(), operations, output) == 1
              ? joinedBy(joined.get(before), operation)
              : Optional.empty();
      if (both.isPresent()) {
        joined.set(before, both.get());
      } else {
        joined.add(operation);
      }
    }
    return joined;
  }

  private static Optional<Operation> joinedBy(Operation before, Operation activation) {
    return before.activation().kind() == ActivationFunction.Kind.IDENTITY
        ? before.followedBy(activation.output(), activation.activation())
        : Optional.empty();
  }

  private static int find(String output, List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i).output().equals(output)) {
        return i;
      }
    }
    return -1;
  }

  private static long readers(String value, List<Operation> operations, String output) {
    long readers =
        operations.stream()
            .flatMap(operation -> operation.inputs().stream())
            .filter(value::equals)
            .count();
    return readers + (value.equals(output) ? 1 : 0);
  }
}
