package org.dl4j.q4.benchmarks;

/** How often the contenders of a benchmark step, one after the other, in turn. */
final class Rounds {

  /** Shows that everything works; the figures say nothing. */
  static final Rounds QUICK = new Rounds(1, 2);

  private final int warmUp;
  private final int measured;

  /**
   * @param warmUp rounds that do not count
   * @param measured rounds that do, at least 1
   */
  Rounds(int warmUp, int measured) {
    if (warmUp < 0 || measured < 1) {
      throw new IllegalArgumentException(
          "Needs at least 1 round, after at least 0 of warm-up; got " + measured + ", " + warmUp);
    }
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /**
   * @param newMeasured rounds that count
   * @return as many rounds of warm-up, with another number of those
   */
  Rounds withMeasured(int newMeasured) {
    return new Rounds(warmUp, newMeasured);
  }

  int warmUp() {
    return warmUp;
  }

  int measured() {
    return measured;
  }

  @Override
  public String toString() {
    return "rounds: " + measured + ", after " + warmUp + " of warm-up";
  }
}
