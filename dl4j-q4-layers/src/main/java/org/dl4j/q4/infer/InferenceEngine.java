package org.dl4j.q4.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.packed.PackedModelException;
import org.dl4j.q4.quant.ActivationRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network for inference alone, without Deeplearning4j's layers: batch norm folded, weights kept
 * as packed codes or as the kernels like them, activations in FP32 or, where their ranges are
 * known, as 8-bit integers from layer to layer.
 *
 * <pre>{@code
 * PackedModel model = PackedModel.read(Path.of("model.q4"));
 * try (InferenceEngine engine = InferenceEngine.builder(model).integers().build()) {
 *   INDArray probabilities = engine.output(features);
 * }
 * }</pre>
 *
 * <p>With integers, a product is the sum of products of 8-bit activations and codes in 32 bits,
 * exactly; scales and bias are applied, and the result rounded to 8 bits again, once for each
 * layer. In FP32 the output is that of the network but for rounding.
 *
 * <p>Needs {@code dl4j-q4-onednn} on the class path. Calls of {@link #output} from several threads
 * wait for each other.
 */
public final class InferenceEngine implements AutoCloseable {

  private final CompiledPlan compiled;
  private final InferencePlan plan;
  private final String description;

  /** Set when it is closed. */
  private boolean closed;

  private InferenceEngine(CompiledPlan compiled, InferencePlan plan, String description) {
    this.compiled = compiled;
    this.plan = plan;
    this.description = description;
  }

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized; left as
   *     it is
   * @return to choose how it runs
   * @throws UnsupportedForInferenceException if it has a part that plans do not have
   */
  public static Builder builder(Model network) {
    return new Builder(InferencePlan.of(network), Map.of());
  }

  /**
   * @param model packed; a network is made of it while the plan is
   * @return to choose how it runs
   * @throws UnsupportedForInferenceException if it has a part that plans do not have
   * @throws PackedModelException if its configuration and parameters do not belong together
   */
  public static Builder builder(PackedModel model) throws PackedModelException {
    return new Builder(InferencePlan.of(model.network()), model.activationRanges());
  }

  /**
   * @param features FLOAT, as the network takes them
   * @return the network's output, [batch, features]
   * @throws IllegalArgumentException if the features are of another type or shape
   * @throws IllegalStateException if the engine is closed
   */
  public synchronized INDArray output(INDArray features) {
    if (closed) {
      throw new IllegalStateException("This engine is closed");
    }
    if (features.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Expected features of type FLOAT, found " + features.dataType());
    }
    plan.valueShape(features.shape()); // says what is wrong with it
    return compiled.run(features);
  }

  /**
   * @return bytes of memory that weights, scales and biases take at present; from the first call of
   *     {@link #output} on with what packed weights are unpacked into
   */
  public synchronized long weightBytes() {
    return compiled.weightBytes();
  }

  /**
   * @return kernels and how it computes, for people
   */
  public String describe() {
    return description;
  }

  /** Frees its memory at once. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      compiled.close();
    }
  }

  /** Chooses how a network runs: in FP32 and with packed codes, if nothing else is said. */
  public static final class Builder {

    private final InferencePlan plan;
    private final Map<String, ActivationRange> known;
    private Map<String, ActivationRange> ranges = Map.of();
    private WeightStorage storage = WeightStorage.PACKED;

    private Builder(InferencePlan plan, Map<String, ActivationRange> known) {
      this.plan = plan;
      this.known = known;
    }

    /**
     * Computes with integers, in the ranges that the packed model has.
     *
     * @return this
     * @throws IllegalStateException if it has none
     */
    public Builder integers() {
      if (known.isEmpty()) {
        throw new IllegalStateException(
            "Integer inference needs the ranges of the network's activations: calibrate"
                + " (Calibration.ranges, or 'q4.jar export --calibrate'), or hand them in");
      }
      return integers(known);
    }

    /**
     * Computes with integers.
     *
     * @param newRanges from {@link Calibration#ranges}; none for FP32
     * @return this
     * @throws IllegalArgumentException if they are of another network
     */
    public Builder integers(Map<String, ActivationRange> newRanges) {
      if (!newRanges.isEmpty() && !newRanges.containsKey(plan.input())) {
        throw new IllegalArgumentException(
            "Expected the range of "
                + plan.input()
                + " among those of this network, found "
                + newRanges.keySet());
      }
      ranges = Map.copyOf(newRanges);
      return this;
    }

    /**
     * @param newStorage how weights are kept in memory
     * @return this
     */
    public Builder weights(WeightStorage newStorage) {
      storage = Objects.requireNonNull(newStorage, "storage");
      return this;
    }

    /**
     * @return the engine
     * @throws IllegalStateException if there is nothing to run it on, saying why
     */
    public InferenceEngine build() {
      List<String> problems = new ArrayList<>();
      for (InferenceBackend backend :
          ServiceLoader.load(InferenceBackend.class, InferenceBackend.class.getClassLoader())) {
        Optional<String> problem = backend.unavailable();
        if (problem.isEmpty()) {
          ValueTypes types = ValueTypes.of(plan.withoutWeights(), ranges);
          return new InferenceEngine(
              backend.compile(plan, types, storage),
              plan.withoutWeights(),
              describe(backend, types));
        }
        problems.add(problem.get());
      }
      throw new IllegalStateException(
          problems.isEmpty()
              ? "There are no kernels to run a network on: add dl4j-q4-onednn to the class path"
              : String.join("; ", problems));
    }

    private String describe(InferenceBackend backend, ValueTypes types) {
      long products = plan.operations().stream().filter(ProductOperation.class::isInstance).count();
      long integer =
          plan.operations().stream()
              .filter(ProductOperation.class::isInstance)
              .filter(types::isInteger)
              .count();
      return String.format(
          "%s, %d of %d layers with integers, weights %s",
          backend.describe(),
          integer,
          products,
          storage == WeightStorage.PACKED ? "packed" : "unpacked");
    }
  }
}
