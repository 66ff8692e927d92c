package org.dl4j.q4.benchmarks.parity;

/**
 * PyTorch's {@code CosineAnnealingLR}, which its C++ API lacks. It works, as PyTorch's does and
 * ours does not, from one learning rate to the next:
 *
 * <pre>
 *   η(0) = η₀
 *   η(t) = η_min + (η(t−1) − η_min) · (1 + cos(π·t/T)) / (1 + cos(π·(t−1)/T))
 *   η(T+1) = η(T) + (η₀ − η_min) · (1 − cos(π/T)) / 2      where that would divide by 0
 * </pre>
 */
final class TorchCosine {

  private final double initial;
  private final double minimum;
  private final int tMax;
  private double rate;
  private int time;

  TorchCosine(double initial, double minimum, int tMax) {
    this.initial = initial;
    this.minimum = minimum;
    this.tMax = tMax;
    this.rate = initial;
  }

  /**
   * @return the learning rate of the step to come
   */
  double rate() {
    return rate;
  }

  /** After a step. */
  void advance() {
    time++;
    if ((time - 1 - tMax) % (2 * tMax) == 0) {
      rate += (initial - minimum) * (1 - Math.cos(Math.PI / tMax)) / 2;
    } else {
      rate =
          minimum
              + (rate - minimum)
                  * (1 + Math.cos(Math.PI * time / tMax))
                  / (1 + Math.cos(Math.PI * (time - 1) / tMax));
    }
  }
}
