package org.dl4j.q4.infer;

import java.util.HashMap;
import java.util.Map;
import org.dl4j.q4.quant.ActivationRange;

/**
 * As what the values of a plan are kept, and which operations compute with integers.
 *
 * <p>Products do whose weights are codes of at most 7 bits, and sums, where the ranges of what they
 * read are known; a maximum over windows passes integers through. All else computes in FP32: layers
 * at full precision, means, functions such as softmax. A value is kept as integers if an operation
 * with integers makes it and all that read it compute with integers.
 */
public final class ValueTypes {

  private final InferencePlan plan;
  private final Map<String, ActivationRange> ranges;
  private final Map<String, ValueType> stored = new HashMap<>();

  private ValueTypes(InferencePlan plan, Map<String, ActivationRange> ranges) {
    this.plan = plan;
    this.ranges = ranges;
    for (Operation operation : plan.operations()) {
      stored.put(operation.output(), choose(operation));
    }
  }

  /**
   * @param plan of a network
   * @param ranges of its activations, from {@link Calibration}; none for FP32 throughout
   * @return its types
   */
  public static ValueTypes of(InferencePlan plan, Map<String, ActivationRange> ranges) {
    return new ValueTypes(plan, ranges);
  }

  /**
   * @param value an operation's output, or the input
   * @return as what it is kept
   */
  public ValueType stored(String value) {
    return stored.getOrDefault(value, ValueType.FLOAT);
  }

  /**
   * @param operation of the plan
   * @return whether it computes with integers
   */
  public boolean isInteger(Operation operation) {
    if (operation instanceof ProductOperation) {
      return ((ProductOperation) operation).weights().fitIntegers()
          && ranges.containsKey(operation.input());
    }
    if (operation instanceof SumOperation) {
      return ranges.keySet().containsAll(operation.inputs());
    }
    return passesIntegers(operation) && stored(operation.input()).isInteger();
  }

  /**
   * @param operation of the plan
   * @param value that it reads
   * @return as what it reads it
   */
  public ValueType read(Operation operation, String value) {
    if (!isInteger(operation)) {
      return ValueType.FLOAT;
    }
    ValueType kept = stored(value);
    return kept.isInteger() ? kept : ValueType.of(ranges.get(value));
  }

  private ValueType choose(Operation operation) {
    if (!isInteger(operation) || operation.output().equals(plan.output())) {
      return ValueType.FLOAT;
    }
    if (passesIntegers(operation)) {
      return stored(operation.input());
    }
    boolean readAsIntegers =
        plan.operations().stream()
            .filter(reader -> reader.inputs().contains(operation.output()))
            .allMatch(reader -> passesIntegers(reader) || isInteger(reader));
    ActivationRange range = ranges.get(operation.output());
    return readAsIntegers && range != null ? ValueType.of(range) : ValueType.FLOAT;
  }

  private static boolean passesIntegers(Operation operation) {
    return operation instanceof PoolingOperation
        && ((PoolingOperation) operation).isMaximum()
        && ((PoolingOperation) operation).window().isPresent();
  }
}
