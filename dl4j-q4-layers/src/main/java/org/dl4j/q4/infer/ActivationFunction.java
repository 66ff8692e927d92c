package org.dl4j.q4.infer;

import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** An activation function that plans have. Immutable. */
public final class ActivationFunction {

  /** Its kind. */
  public enum Kind {
    /** x. */
    IDENTITY,
    /** x where x is positive, else a · x. */
    RELU,
    /** min(a, max(0, x)). */
    BOUNDED_RELU,
    /** 1 / (1 + exp(−x)). */
    SIGMOID,
    /** tanh(x). */
    TANH,
    /** exp(x) / Σ exp(x) over the features. */
    SOFTMAX
  }

  static final ActivationFunction IDENTITY = new ActivationFunction(Kind.IDENTITY, 0);

  private static final double SIX = 6;

  private final Kind kind;
  private final float parameter;

  private ActivationFunction(Kind kind, double parameter) {
    this.kind = kind;
    this.parameter = (float) parameter;
  }

  /**
   * @param function Deeplearning4j's
   * @return the same here; empty if there is none
   */
  static Optional<ActivationFunction> of(IActivation function) {
    Class<?> type = function.getClass();
    if (type == ActivationReLU.class) {
      return ofRelu((ActivationReLU) function);
    }
    if (type == ActivationIdentity.class) {
      return Optional.of(IDENTITY);
    }
    if (type == ActivationLReLU.class) {
      return of(Kind.RELU, ((ActivationLReLU) function).getAlpha());
    }
    if (type == ActivationReLU6.class) {
      return of(Kind.BOUNDED_RELU, SIX);
    }
    if (type == ActivationSigmoid.class) {
      return of(Kind.SIGMOID, 0);
    }
    if (type == ActivationTanH.class) {
      return of(Kind.TANH, 0);
    }
    return type == ActivationSoftmax.class ? of(Kind.SOFTMAX, 0) : Optional.empty();
  }

  private static Optional<ActivationFunction> of(Kind kind, double parameter) {
    return Optional.of(new ActivationFunction(kind, parameter));
  }

  private static Optional<ActivationFunction> ofRelu(ActivationReLU relu) {
    double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
    if (relu.getThreshold() != null && relu.getThreshold() != 0) {
      return Optional.empty();
    }
    if (relu.getMax() == null) {
      return of(Kind.RELU, slope);
    }
    return slope == 0 ? of(Kind.BOUNDED_RELU, relu.getMax()) : Optional.empty();
  }

  /**
   * @return its kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * @return a, where the kind has one
   */
  public float parameter() {
    return parameter;
  }

  /**
   * @return whether it can be computed of integers as well: f(s · x) = s · f(x) for a scale s > 0,
   *     but for the bound, which the range of the integers is
   */
  public boolean isPiecewiseLinear() {
    return kind == Kind.IDENTITY || kind == Kind.RELU || kind == Kind.BOUNDED_RELU;
  }

  @Override
  public String toString() {
    return kind == Kind.RELU || kind == Kind.BOUNDED_RELU
        ? kind + "(" + parameter + ")"
        : "" + kind;
  }
}
