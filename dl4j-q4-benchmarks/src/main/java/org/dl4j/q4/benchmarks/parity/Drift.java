package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Where ten free-running steps in FLOAT lead, seen from PyTorch's ten in DOUBLE. */
final class Drift {

  /** A rounding to FLOAT in each step: below this, an error says nothing. */
  static final double ROUNDING = Run.STEPS * Math.ulp(1f) / 2;

  /** Runs in FLOAT of one kind. */
  interface FloatRuns {
    Run of(long seed) throws IOException;
  }

  private final Map<String, Double> differingShares = new TreeMap<>();
  private final double[] errors = new double[RunNames.SEEDS.size()];
  private final double[] growths = new double[RunNames.SEEDS.size()];

  /**
   * @param runs what to look at
   * @param setting the setting
   * @param floats runs in FLOAT by seed
   * @throws IOException if a run cannot be read
   */
  Drift(Runs runs, Setting setting, FloatRuns floats) throws IOException {
    for (int i = 0; i < errors.length; i++) {
      long seed = RunNames.SEEDS.get(i);
      add(i, floats.of(seed), runs.torch(setting, NumberType.DOUBLE, seed));
    }
  }

  private void add(int index, Run run, Run truth) {
    double distance = 0;
    double norm = 0;
    for (Parameter parameter : Parameters.trained()) {
      if (!parameter.isWithoutGradient()) {
        double[] ours = run.get(Run.STEPS, parameter.name());
        double[] theirs = truth.get(Run.STEPS, parameter.name());
        distance += Errors.squaredDistance(ours, theirs);
        norm += Errors.squaredDistance(theirs, new double[theirs.length]);
      }
    }
    errors[index] = Math.sqrt(distance / norm);
    double growth = 0;
    for (Parameter parameter : Parameters.weights()) {
      growth +=
          Errors.growth(
              run.get(Run.STEPS, parameter.name()), truth.get(Run.STEPS, parameter.name()));
      String codes = Run.CODES + parameter.name();
      double share =
          Errors.differing(run.get(Run.STEPS, codes), truth.get(Run.STEPS, codes))
              / (double) (parameter.length() * errors.length);
      differingShares.merge(parameter.name(), share, Double::sum);
    }
    growths[index] = growth / Parameters.weights().size();
  }

  /**
   * @param weight name of a weight tensor
   * @return share of its codes that differ from those of the run in DOUBLE, mean of the seeds
   */
  double differingShare(String weight) {
    return differingShares.get(weight);
  }

  /**
   * @return relative error of all parameters that have a gradient, as one vector; median of the
   *     seeds, since one code that falls to the other side is worth many roundings
   */
  double error() {
    return Errors.quantile(0.5, errors);
  }

  /**
   * @return how much larger the weights are than in DOUBLE, relative; median of the seeds, mean of
   *     the layers
   */
  double growth() {
    return Errors.quantile(0.5, growths);
  }
}
