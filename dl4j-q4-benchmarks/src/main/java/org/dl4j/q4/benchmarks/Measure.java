package org.dl4j.q4.benchmarks;

import java.io.IOException;

/** What of a contender is compared. */
enum Measure {
  /** What a step says it cost: milliseconds. */
  STEP {
    @Override
    double take(ChildProcess child) throws IOException {
      return child.step();
    }
  },
  /** The most memory the process ever had after one more step, in MB. */
  PEAK_MEMORY {
    @Override
    double take(ChildProcess child) throws IOException {
      child.step();
      return child.peakMemory();
    }
  };

  /**
   * @param child a contender that is ready
   * @return its cost in one round
   * @throws IOException if it cannot be spoken to
   * @throws ContenderFailedException if it fails
   */
  abstract double take(ChildProcess child) throws IOException;
}
