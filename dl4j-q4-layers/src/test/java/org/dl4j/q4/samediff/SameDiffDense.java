package org.dl4j.q4.samediff;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4j.q4.train.SoftClipConstraint;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A dense layer of Deeplearning4j with 4-bit weights, as a user would write it on SameDiff. */
public final class SameDiffDense extends SameDiffLayer {

  private final int nIn;
  private final int nOut;
  private final boolean quantized;

  /** The three values are the layer's JSON. */
  public SameDiffDense(
      @JsonProperty("nIn") int nIn,
      @JsonProperty("nOut") int nOut,
      @JsonProperty("quantized") boolean quantized) {
    this.nIn = nIn;
    this.nOut = nOut;
    this.quantized = quantized;
  }

  SameDiffDense softClip(double alpha) {
    setConstraints(List.of(new SoftClipConstraint(alpha, Set.of("W"))));
    return this;
  }

  @JsonProperty("nIn")
  public int nIn() {
    return nIn;
  }

  @JsonProperty("nOut")
  public int nOut() {
    return nOut;
  }

  public boolean isQuantized() {
    return quantized;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return InputType.feedForward(nOut);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.addWeightParam("W", nIn, nOut);
    params.addBiasParam("b", nOut);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    initWeights(nIn, nOut, WeightInit.XAVIER, params.get("W"));
    params.get("b").assign(0);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    SDVariable scores =
        quantized
            ? new SDQ4(sd).linear("scores", input, params.get("W"), params.get("b"))
            : sd.nn().linear("scores", input, params.get("W"), params.get("b"));
    return sd.math().tanh("out", scores);
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof SameDiffDense
        && nIn == ((SameDiffDense) other).nIn
        && nOut == ((SameDiffDense) other).nOut
        && quantized == ((SameDiffDense) other).quantized;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nIn, nOut, quantized);
  }
}
