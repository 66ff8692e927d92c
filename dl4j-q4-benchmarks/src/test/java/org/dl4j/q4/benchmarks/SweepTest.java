package org.dl4j.q4.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SweepTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream results = new PrintStream(written, true, UTF_8);
  private final Sweep sweep =
      new Sweep(new Rounds(0, 1), new Installation(Path.of("benchmarks.jar")), results, results);

  private List<String> lines() {
    return written.toString(UTF_8).lines().collect(Collectors.toList());
  }

  @Test
  void aPairOfColumnsForEachGroup() {
    sweep.header("batch", List.of("f32", "bf16"));
    assertEquals(
        List.of(
            "| batch | f32 ms | f32 MB | bf16 ms | bf16 MB |",
            "| --- | ---: | ---: | ---: | ---: |"),
        lines());
  }

  @Test
  void aRowWithoutContendersIsItsName() throws IOException {
    sweep.row("16", List.of());
    assertEquals(List.of("| 16 |"), lines());
  }

  @Test
  void numbersHaveThreeDigitsOrAllBeforeThePoint() {
    assertEquals("9.4", Sweep.number(9.38));
    assertEquals("412", Sweep.number(412.3));
    assertEquals("1,181", Sweep.number(1180.5));
  }
}
