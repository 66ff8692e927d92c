package org.dl4j.q4.infer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dl4j.q4.quant.ActivationRange;

/**
 * As what the values of a plan are kept, and which operations compute with integers.
 *
 * <p>Products do whose weights are codes of at most 7 bits, or 6 where activations have both signs,
 * the range of what they read is known, and the bias in units of their sums is a number; sums do of
 * integers whose readers take integers; a maximum over windows passes integers through. All else
 * computes in FP32: layers at full precision, means, functions such as softmax. A value is kept as
 * integers if an operation with integers makes it and all that read it compute with integers.
 */
public final class ValueTypes {

  /** Leaves room for kernels that need the bias times a small factor. */
  private static final float LARGEST_BIAS = Float.MAX_VALUE / 256;

  private final InferencePlan plan;
  private final Map<String, ActivationRange> ranges;
  private final Map<String, ValueType> stored = new HashMap<>();

  /** Outputs of the operations that compute with integers. */
  private final Set<String> integer = new HashSet<>();

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
    return integer.contains(operation.output());
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

  /** Whether it can, as far as is known before the types of what it reads are. */
  private boolean canBeInteger(Operation operation) {
    if (!ranges.keySet().containsAll(operation.inputs())) {
      return false;
    }
    if (operation instanceof ProductOperation) {
      boolean signed =
          stored(operation.input()).kind() == ValueType.Kind.SIGNED
              || ranges.get(operation.input()).min() < 0;
      ProductOperation product = (ProductOperation) operation;
      return product.weights().fitIntegers(signed) && biasIsFinite(product);
    }
    return operation instanceof SumOperation;
  }

  /**
   * Whether the bias can be added to sums of codes. Where batch norm was folded into a channel with
   * a factor of almost 0, the scale is almost 0, and bias / scale may be infinite.
   */
  private boolean biasIsFinite(ProductOperation product) {
    ValueType kept = stored(product.input());
    ValueType read = kept.isInteger() ? kept : ValueType.of(ranges.get(product.input()));
    float[] scales = product.weights().scales();
    float[] bias = product.bias();
    for (int i = 0; i < bias.length; i++) {
      float unit = scales[scales.length == 1 ? 0 : i] * read.scale();
      if (bias[i] != 0 && !(Math.abs(bias[i] / unit) <= LARGEST_BIAS)) {
        return false;
      }
    }
    return true;
  }

  private ValueType choose(Operation operation) {
    if (passesIntegers(operation)) {
      return stored(operation.input()).isInteger() ? integers(operation) : ValueType.FLOAT;
    }
    if (!canBeInteger(operation)) {
      return ValueType.FLOAT;
    }
    boolean readAsIntegers =
        !operation.output().equals(plan.output())
            && ranges.containsKey(operation.output())
            && plan.operations().stream()
                .filter(reader -> reader.inputs().contains(operation.output()))
                .allMatch(reader -> passesIntegers(reader) || canBeInteger(reader));
    if (operation instanceof SumOperation) { // of FP32, or to FP32: nothing is gained by rounding
      boolean ofIntegers = operation.inputs().stream().allMatch(name -> stored(name).isInteger());
      return ofIntegers && readAsIntegers ? integers(operation) : ValueType.FLOAT;
    }
    integer.add(operation.output());
    return readAsIntegers ? ValueType.of(ranges.get(operation.output())) : ValueType.FLOAT;
  }

  /** The type of an operation that reads integers and makes some. */
  private ValueType integers(Operation operation) {
    integer.add(operation.output());
    return passesIntegers(operation)
        ? stored(operation.input())
        : ValueType.of(ranges.get(operation.output()));
  }

  private static boolean passesIntegers(Operation operation) {
    return operation instanceof PoolingOperation
        && ((PoolingOperation) operation).isMaximum()
        && ((PoolingOperation) operation).window().isPresent();
  }
}
