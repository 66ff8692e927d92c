package org.dl4j.q4.examples.profile;

import java.util.ArrayList;
import java.util.List;

/** How long whole steps took, in milliseconds. */
final class StepTimes {

  private final List<Double> milliseconds = new ArrayList<>();

  void time(Runnable step) {
    long start = System.nanoTime();
    step.run();
    milliseconds.add((System.nanoTime() - start) / 1e6);
  }

  void reset() {
    milliseconds.clear();
  }

  double mean() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  double median() {
    double[] sorted = milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
