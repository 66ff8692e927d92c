package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.benchmarks.parity.Parameter.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On runs that were never trained: what matters is which differences are noticed. */
class DoubleSectionTest {

  private static final String WAY = "nd4j-NHWC";

  @TempDir private Path directory;

  @BeforeEach
  void runsThatAgree() throws IOException {
    for (Setting setting : Setting.values()) {
      for (long seed : RunNames.SEEDS) {
        run(seed, false).write(directory, RunNames.torch(setting, NumberType.DOUBLE, seed));
        for (String format : WayNames.FORMATS) {
          String way = "nd4j-" + format;
          run(seed, true).write(directory, RunNames.free(setting, NumberType.DOUBLE, way, seed));
        }
      }
    }
  }

  /** Parameters that never change, but for the variances, which ours must have smaller. */
  private static Run run(long seed, boolean ours) {
    Map<String, double[]> values = Start.of(seed);
    Run run = new Run();
    for (Parameter parameter : Parameters.ALL) {
      double[] value = values.get(parameter.name());
      run.put(0, parameter.name(), value);
      boolean corrected = ours && parameter.kind() == Kind.RUNNING_VARIANCE;
      int elements = corrected ? Parameters.elementsPerChannel(parameter.layer()) : 0;
      run.put(
          Run.STEPS,
          parameter.name(),
          corrected ? RunningVariance.biased(value, value, Run.STEPS, elements) : value);
      if (parameter.kind() == Kind.WEIGHT) {
        for (int step = 0; step <= Run.STEPS; step++) {
          run.put(step, Run.CODES + parameter.name(), new double[parameter.length()]);
        }
      }
    }
    return run;
  }

  private List<String> violationsWith(int step, String name, double difference) throws IOException {
    Run run = run(4, true);
    double[] values = run.get(step, name).clone();
    values[0] += difference;
    run.put(step, name, values);
    run.write(directory, RunNames.free(Setting.STRONG, NumberType.DOUBLE, WAY, 4));
    return new DoubleSection(new Runs(directory)).write().violations();
  }

  @Test
  void runsThatAgreeAreInOrder() throws IOException {
    assertEquals(List.of(), new DoubleSection(new Runs(directory)).write().violations());
  }

  @Test
  void oneWeightOfOneSeedIsNoticed() throws IOException {
    List<String> violations = violationsWith(Run.STEPS, "conv3.W", 1e-6);
    assertEquals(1, violations.size(), violations.toString());
    assertTrue(violations.get(0).startsWith("DOUBLE, STRONG NHWC: conv3.W is "));
    assertTrue(violations.get(0).endsWith("where at most 1.0e-09 is right"));
  }

  @Test
  void oneCodeOfOneStepIsNoticed() throws IOException {
    assertEquals(
        List.of(
            "DOUBLE, STRONG NHWC: the number of codes that differ is 1.0e+00, where at most 0 is"
                + " right"),
        violationsWith(3, Run.CODES + "out.W", 1));
  }

  @Test
  void aLostNumberIsNoticed() throws IOException {
    assertEquals(1, violationsWith(Run.STEPS, "bn1.var", Double.NaN).size());
  }
}
