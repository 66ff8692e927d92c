package org.dl4j.q4.layers;

import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Noise that tells which draw a result was computed with: the n-th draw of a weight in training is
 * the weight times 1 + n / 4. The quantized values of such a weight are those of the weight, times
 * the same factor.
 */
final class CountingNoise implements IWeightNoise {

  private final AtomicInteger draws;

  CountingNoise() {
    this(new AtomicInteger());
  }

  private CountingNoise(AtomicInteger draws) {
    this.draws = draws;
  }

  int draws() {
    return draws.get();
  }

  double factor(int draw) {
    return 1 + draw / 4.0;
  }

  @Override
  public INDArray getParameter(
      Layer layer,
      String paramKey,
      int iteration,
      int epoch,
      boolean train,
      LayerWorkspaceMgr workspaceMgr) {
    INDArray parameter = layer.getParam(paramKey);
    return train && paramKey.equals("W")
        ? parameter.mul(factor(draws.incrementAndGet()))
        : parameter;
  }

  /** The clones of a configuration count together. */
  @Override
  public CountingNoise clone() {
    return new CountingNoise(draws);
  }
}
