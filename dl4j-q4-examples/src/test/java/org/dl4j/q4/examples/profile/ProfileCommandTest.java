package org.dl4j.q4.examples.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.kernels.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

/** {@code profile} as a user runs it, on a narrow network and a few images. */
class ProfileCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int profile(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--steps", "2", "--warm-up", "1", "--batch", "4", "--width", "0.05"));
    arguments.addAll(List.of(more));
    return new CommandLine(new ProfileCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "f32"})
  void bothTablesAddUpToTheStep(String kernels, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("profile.csv");

    assertEquals(0, profile("--kernels", kernels, "--csv", file.toString()), err::toString);

    List<String[]> rows =
        Files.readAllLines(file).stream()
            .map(line -> line.split(",", -1))
            .collect(Collectors.toList());
    assertEquals(
        "table,row,forward_ms,backward_ms,update_ms,sum_ms,share", String.join(",", rows.get(0)));
    double step = sums(rows, "step").get(0);
    for (String table : List.of("layer", "work")) {
      double sum = sums(rows, table).stream().mapToDouble(Double::doubleValue).sum();
      assertEquals(1, sum / step, 0.05, table);
    }
    assertEquals(18 + 1, sums(rows, "layer").size()); // and the rest
    List<String> works = names(rows, "work");
    for (Work work : Work.values()) {
      boolean there = work != Work.ACTIVATION; // all of the VGG's are fused with batch norm
      assertEquals(there, works.contains('"' + work.title() + '"'), work.title());
    }
    assertTrue(out.toString().contains("linear1"), out::toString);
    assertTrue(out.toString().contains("Accounted for: "), out::toString);
  }

  private static List<Double> sums(List<String[]> rows, String table) {
    return rows.stream()
        .filter(row -> row[0].equals(table))
        .map(row -> Double.valueOf(row[row.length - 2]))
        .collect(Collectors.toList());
  }

  /** The one field that may hold commas is in quotes: all that is between table and figures. */
  private static List<String> names(List<String[]> rows, String table) {
    return rows.stream()
        .filter(row -> row[0].equals(table))
        .map(row -> String.join(",", List.of(row).subList(1, row.length - 5)))
        .collect(Collectors.toList());
  }

  @Test
  void theTwinHasNothingOfFourBits(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("profile.csv");

    assertEquals(0, profile("--precision", "fp32", "--csv", file.toString()), err::toString);

    String csv = Files.readString(file);
    assertFalse(csv.contains(Work.QUANTIZATION.title()), csv);
    assertTrue(csv.contains(Work.UPDATER.title()), csv);
  }

  @Test
  void measuringChangesNoResultAndLeavesNothingBehind() {
    ProfileOptions options = new ProfileOptions();
    new CommandLine(options).parseArgs("--width", "0.05");
    String before = System.getProperty(Kernels.PROPERTY);
    StepClock clock = new StepClock();
    MultiLayerNetwork plain = ProfileRun.plain(options.model);
    MultiLayerNetwork measured = ProfileRun.measured(options.model, clock);
    assertEquals(plain.params(), measured.params());

    List<DataSet> data = data(3);
    Nd4j.getRandom().setSeed(7); // of the dropout
    data.forEach(plain::fit);
    Nd4j.getRandom().setSeed(7);
    data.forEach(images -> ProfileRun.fit(measured, clock, images));

    assertEquals(plain.params(), measured.params());
    assertEquals(plain.updaterState(), measured.updaterState());
    assertEquals(plain.score(), measured.score());
    assertEquals(3, clock.steps());
    assertEquals(before, System.getProperty(Kernels.PROPERTY));
    assertFalse(Kernels.current() instanceof TimedKernels);
  }

  @Test
  void theChoiceOfKernelsEndsWithTheRun() {
    String before = System.getProperty(Kernels.PROPERTY);

    assertEquals(0, profile("--kernels", "nd4j"), err::toString);

    assertEquals(before, System.getProperty(Kernels.PROPERTY));
    assertTrue(out.toString().contains("kernels nd4j"), out::toString);
  }

  private static List<DataSet> data(int batches) {
    List<DataSet> data = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      INDArray labels = Nd4j.eye(10).castTo(DataType.FLOAT).getRows(1, 4, 6, 6, i);
      data.add(new DataSet(Nd4j.randn(DataType.FLOAT, 5, 3, 32, 32), labels));
    }
    return data;
  }

  @ParameterizedTest
  @CsvSource({
    "--steps, 0",
    "--warm-up, -1",
    "--batch, 1",
    "--width, 0",
    "--bits, 9",
    "--kernels, f64"
  })
  void refusesAnOptionAndSaysWhich(String option, String value) {
    assertEquals(2, profile(option, value));

    assertTrue(err.toString().contains(option), err::toString);
  }
}
