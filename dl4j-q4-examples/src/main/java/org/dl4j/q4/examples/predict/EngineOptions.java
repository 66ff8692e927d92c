package org.dl4j.q4.examples.predict;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.examples.model.NetworkFileException;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.infer.UnsupportedForInferenceException;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.quant.ActivationRange;
import picocli.CommandLine.Option;

/** The options of how a network predicts, checked by {@link #validate()}. */
public final class EngineOptions {

  @Option(
      names = "--engine",
      paramLabel = "floats|integers",
      description =
          "Compute without Deeplearning4j's layers, batch norm folded: integers, with activations of"
              + " 8 bits, for a packed model that 'export --calibrate' made; or floats, in FP32. By"
              + " default the network itself computes.")
  private EngineName engine;

  @Option(
      names = "--weights",
      paramLabel = "packed|unpacked",
      description =
          "With --engine: keep weights in memory as packed codes (default), or as the kernels"
              + " multiply with them.")
  private WeightStorage weights;

  /**
   * @throws IllegalArgumentException if options do not go together, saying which
   */
  public void validate() {
    require(weights == null || engine != null, "--weights needs --engine", "none");
  }

  /**
   * @return whether an engine is asked for
   */
  public boolean isEngine() {
    return engine != null;
  }

  /**
   * @param file where the network is from, for errors
   * @param network of either kind
   * @param ranges of its activations; none if they are not known
   * @return what predicts as the options say
   * @throws NetworkFileException if the network has no ranges and integers need them, or it has a
   *     part that engines do not have
   * @throws IllegalStateException if there is nothing to run an engine on
   */
  public Predictor predictor(Path file, Model network, Map<String, ActivationRange> ranges)
      throws NetworkFileException {
    if (engine == null) {
      return Predictor.of(network);
    }
    if (engine == EngineName.INTEGERS && ranges.isEmpty()) {
      throw new NetworkFileException(
          file
              + ": expected a packed model with ranges of activations for --engine integers, found"
              + " none; 'q4.jar export --calibrate' measures them");
    }
    InferenceEngine.Builder builder;
    try {
      builder = InferenceEngine.builder(network);
    } catch (UnsupportedForInferenceException e) {
      throw new NetworkFileException(file + ": --engine: " + e.getMessage(), e);
    }
    if (engine == EngineName.INTEGERS) {
      builder.integers(ranges);
    }
    builder.weights(weights == null ? WeightStorage.PACKED : weights);
    return Predictor.of(builder.build());
  }
}
