package org.dl4j.q4.train;

import java.util.Map;
import java.util.Optional;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.VectorKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/** The state and the step of {@link AdamW}. */
final class AdamWUpdater implements GradientUpdater<AdamW> {

  private static final String M = "M";
  private static final String V = "V";

  /** A kernel may divide by β₂. */
  private static final double SMALLEST_BETA2_OF_KERNELS = 1e-3;

  private final AdamW config;
  private INDArray m;
  private INDArray v;

  /** Chosen at the first step; null before. */
  private Optional<VectorKernel> kernel;

  AdamWUpdater(AdamW config) {
    this.config = config;
  }

  @Override
  public AdamW getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> stateMap, boolean initialize) {
    if (!stateMap.keySet().equals(Map.of(M, 0, V, 0).keySet())) {
      throw new IllegalArgumentException(
          "AdamW's state is " + M + " and " + V + "; got " + stateMap.keySet());
    }
    m = stateMap.get(M);
    v = stateMap.get(V);
    if (initialize) {
      m.assign(0);
      v.assign(0);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(M, m, V, v);
  }

  @Override
  public void setStateViewArray(
      INDArray viewArray, long[] gradientShape, char gradientOrder, boolean initialize) {
    INDArray state = viewArray.reshape(viewArray.length());
    if (initialize) {
      state.assign(0);
    }
    long half = state.length() / 2;
    m = state.get(NDArrayIndex.interval(0, half)).reshape(gradientOrder, gradientShape);
    v = state.get(NDArrayIndex.interval(half, 2 * half)).reshape(gradientOrder, gradientShape);
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    // Both rules below compute step · m / (√v + ε'). With step = lr·√(1−β₂ᵗ)/(1−β₁ᵗ) and
    // ε' = ε·√(1−β₂ᵗ) that is lr · m̂ / (√v̂ + ε), PyTorch's rule.
    double correction = Math.sqrt(1 - Math.pow(config.getBeta2(), iteration + 1.0));
    double rate = config.getLearningRate(iteration, epoch);
    double epsilon = config.getEpsilon() * correction;
    VectorKernel kernel = kernelFor(gradient);
    if (kernel != null && config.getBeta2() >= SMALLEST_BETA2_OF_KERNELS) {
      double step = rate * correction / (1 - Math.pow(config.getBeta1(), iteration + 1.0));
      kernel.adam(gradient, m, v, config.getBeta1(), config.getBeta2(), step, epsilon);
      return;
    }
    // ND4J's op works the step out itself.
    Nd4j.exec(
        new AdamUpdater(
            gradient.reshape(v.shape()),
            v,
            m,
            rate,
            config.getBeta1(),
            config.getBeta2(),
            epsilon,
            iteration));
  }

  private VectorKernel kernelFor(INDArray gradient) {
    if (kernel == null) {
      kernel = Kernels.current().vector(gradient.dataType());
    }
    return kernel.orElse(null);
  }
}
