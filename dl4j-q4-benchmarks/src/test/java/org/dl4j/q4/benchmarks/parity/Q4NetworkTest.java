package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class Q4NetworkTest {

  private static final long SEED = 3;

  private static Q4Network network(DataType type) {
    return new Q4Network(Setting.PAPER, type, new Q4Way("nd4j", CNN2DFormat.NHWC, Defect.NONE));
  }

  @Test
  void startsFromExactlyWhatItIsGiven() {
    Map<String, double[]> start = Start.of(SEED);
    Q4Network network = network(DataType.FLOAT);
    network.start(start);
    Run run = new Run();
    network.tell(0, run);
    for (Parameter parameter : Parameters.ALL) {
      // A variance may be kept as a logarithm.
      double tolerance = parameter.isStatistic() ? 1e-6 : 0;
      assertArrayEquals(
          start.get(parameter.name()), run.get(0, parameter.name()), tolerance, parameter.name());
    }
  }

  @Test
  void aNetworkThatResumesGoesOnAsTheOtherDoes() {
    Q4Network through = network(DataType.DOUBLE);
    through.start(Start.of(SEED));
    Run run = new Run();
    for (int step = 1; step <= 3; step++) {
      through.step(Minibatch.of(SEED, step));
      through.tell(step, run);
      through.tellMoments(step, run);
    }
    Q4Network resumed = network(DataType.DOUBLE);
    resumed.resume(run, 2);
    resumed.step(Minibatch.of(SEED, 3));
    Run third = new Run();
    resumed.tell(3, third);
    for (Parameter parameter : Parameters.ALL) {
      double[] expected = run.get(3, parameter.name());
      assertNotEquals(
          Arrays.toString(run.get(2, parameter.name())), Arrays.toString(expected), "it moved");
      assertArrayEquals(expected, third.get(3, parameter.name()), 1e-13, parameter.name());
    }
  }
}
