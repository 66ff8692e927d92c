package org.dl4j.q4.train;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The {@linkplain SoftClip tanh soft clip} as a constraint of Deeplearning4j, for layers that have
 * none of their own: SameDiff layers and stock ones.
 *
 * <pre>{@code
 * new DenseLayer.Builder().constrainWeights(new SoftClipConstraint(3))   // every weight parameter
 * sameDiffLayer.setConstraints(List.of(new SoftClipConstraint(3, Set.of("W"))));
 * }</pre>
 *
 * <p>Deeplearning4j applies a layer's constraints once after each update, and this one clips once
 * each time, as it must since tanh is not idempotent: it is deliberately no {@code BaseConstraint},
 * which applies itself twice in Deeplearning4j 1.0.0-M2.1. The 4-bit layers clip already; one that
 * gets this constraint, as by a network-wide {@code constrainWeights}, is clipped by it instead.
 *
 * <p>Saved with the configuration as JSON.
 */
public final class SoftClipConstraint implements LayerConstraint {

  private final double alpha;
  private Set<String> params;

  /**
   * For {@code constrainWeights} and its like, which set the parameters.
   *
   * @param alpha α &gt; 0, in units of the weights
   */
  public SoftClipConstraint(double alpha) {
    this(alpha, Set.of());
  }

  /**
   * @param alpha α &gt; 0, in units of the weights
   * @param params names of the layer's parameters to clip
   */
  public SoftClipConstraint(
      @JsonProperty("alpha") double alpha, @JsonProperty("params") Set<String> params) {
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("alpha must be a positive number; got " + alpha);
    }
    this.alpha = alpha;
    setParams(params);
  }

  /**
   * @return α of the soft clip
   */
  public double getAlpha() {
    return alpha;
  }

  @Override
  public Set<String> getParams() {
    return params;
  }

  @Override
  public void setParams(Set<String> params) {
    // In order, so that the same configuration is the same JSON.
    this.params = new TreeSet<>(params);
  }

  /**
   * @throws IllegalStateException if no parameter is named, or the layer lacks one
   */
  @Override
  public void applyConstraint(Layer layer, int iteration, int epoch) {
    if (params.isEmpty()) {
      throw new IllegalStateException(
          "No parameter to clip is named: use new SoftClipConstraint(alpha, Set.of(\"W\"))");
    }
    Map<String, INDArray> table = layer.paramTable();
    for (String param : params) {
      INDArray weights = table.get(param);
      if (weights == null) {
        throw new IllegalStateException(
            "No parameter \"" + param + "\" to clip: the layer has " + table.keySet());
      }
      SoftClip.apply(weights, alpha);
    }
  }

  @Override
  public LayerConstraint clone() {
    return new SoftClipConstraint(alpha, new HashSet<>(params));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftClipConstraint
        && Double.compare(alpha, ((SoftClipConstraint) other).alpha) == 0
        && params.equals(((SoftClipConstraint) other).params);
  }

  @Override
  public int hashCode() {
    return Objects.hash(alpha, params);
  }

  @Override
  public String toString() {
    return "SoftClipConstraint(alpha=" + alpha + ", params=" + params + ")";
  }
}
