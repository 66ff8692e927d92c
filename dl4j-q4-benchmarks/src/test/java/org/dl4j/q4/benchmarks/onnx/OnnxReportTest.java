package org.dl4j.q4.benchmarks.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OnnxReportTest {

  @TempDir private Path directory;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  private boolean write(Comparison... comparisons) throws IOException {
    List<String> lines =
        List.of(comparisons).stream().map(Comparison::toLine).collect(Collectors.toList());
    Files.write(directory.resolve(OnnxReport.FILE), lines);
    return new OnnxReport(directory).write(new PrintStream(text, true, UTF_8));
  }

  private static Comparison comparison(long sameTop1, double difference) {
    return new Comparison("net", 1000, sameTop1, difference, 12345, 10000, 80000);
  }

  @Test
  void tellsEveryNumber() throws IOException {
    assertTrue(write(comparison(1000, 2.34e-6)));
    assertTrue(
        text.toString(UTF_8)
            .contains("| net | 1,000 | 1,000 | 2.3e-06 | 12,345 | 10,000 | 80,000 |"),
        text.toString(UTF_8));
  }

  @Test
  void oneImageOrOneOutputApartIsBroken() throws IOException {
    assertFalse(write(comparison(1000, 0), comparison(999, 0)));
    assertFalse(write(comparison(1000, 1e-4)));
    assertFalse(write(comparison(1000, Double.NaN)));
  }

  /** Of three images the first agrees; the second's outputs have another order. */
  @Test
  void agreementCounts() {
    INDArray ours = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {5, 4, 0}, {0, 0, 1}});
    INDArray theirs = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 0}, {0, 0.5f, 1}});
    Agreement agreement = new Agreement();
    agreement.add(ours, theirs);
    assertEquals(3, agreement.images());
    assertEquals(2, agreement.sameTop1());
    assertEquals(1, agreement.largestDifference());

    agreement.add(ours, Nd4j.createFromArray(new float[][] {{1, 2, Float.NaN}}).broadcast(3, 3));
    assertTrue(Double.isNaN(agreement.largestDifference()));
  }
}
