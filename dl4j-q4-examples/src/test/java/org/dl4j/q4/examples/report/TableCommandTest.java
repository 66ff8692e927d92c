package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCommandTest {

  @TempDir private Path folder;

  private final ReportRunner report = new ReportRunner();

  private Path run(String name) {
    return folder.resolve(name);
  }

  private String table(Object... arguments) throws IOException {
    Path out = run("table.md");
    List<Object> all = new ArrayList<>(List.of("table", "--out", out));
    all.addAll(List.of(arguments));
    assertEquals(0, report.run(all.toArray()), report::err);
    return Files.readString(out);
  }

  private void refuses(List<String> words, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("table", "--out", run("table.md")));
    all.addAll(List.of(arguments));
    assertTrue(report.run(all.toArray()) > 0);
    words.forEach(word -> assertTrue(report.err().contains(word), report::err));
    assertFalse(Files.exists(run("table.md")));
  }

  private static void assertRow(String table, String... cells) {
    String row = "| " + String.join(" | ", cells) + " |";
    assertTrue(table.lines().anyMatch(row::equals), () -> row + " is not in\n" + table);
  }

  /**
   * Last epochs: q4 82, 84, 83, mean 83, sd 1; fp32 83, 84, 85, mean 84, sd 1; differences −1, 0,
   * −2, mean −1, sd 1, so ± 4.3027 / √3 = 2.48. Epochs 2 and 3: q4 81, 83, 82; fp32 82, 83, 84,
   * with the same differences.
   */
  @Test
  void comparesGroupsSeedBySeed() throws IOException {
    RunFiles files = new RunFiles();
    files.write(run("q2"), 2, 70, 82, 84);
    files.write(run("q1"), 1, 70, 80, 82);
    files.write(run("q3"), 3, 70, 81, 83);
    files.with("--precision", "FP32").with("--alpha", "0.0");
    files.write(run("f1"), 1, 95, 81, 83);
    files.write(run("f2"), 2, 70, 82, 84);
    files.with("--alpha", "3.0").write(run("f3"), 3, 70, 83, 85);

    String table =
        table(
            run("q2"),
            run("q1"),
            run("f1"),
            run("q3"),
            run("f2"),
            run("f3"),
            "--epochs",
            "2-3",
            "--baseline",
            "precision=fp32");

    assertRow(
        table,
        "configuration",
        "seeds",
        "epochs",
        "last epoch",
        "mean of epochs 2–3",
        "difference, last epoch",
        "difference, mean of epochs 2–3",
        "best epoch",
        "levels min / mean");
    String difference = "−1.00 [−3.48, +1.48]";
    assertRow(
        table,
        "precision=q4",
        "3",
        "3",
        "83.00 ± 1.00",
        "82.00 ± 1.00",
        difference,
        difference,
        "83.00 ± 1.00",
        "14 / 15.50");
    // Best epochs 95, 84, 85: mean 88, squared distances 49, 16, 9, √(74 / 2) = 6.08.
    assertRow(
        table,
        "precision=fp32",
        "3",
        "3",
        "84.00 ± 1.00",
        "83.00 ± 1.00",
        "–",
        "–",
        "88.00 ± 6.08",
        "–");
    // √(0.83 · 0.17 / 5000) = 0.00531
    assertTrue(table.contains("5,000 images"), table);
    assertTrue(table.contains("83.00 % has a standard error of 0.53 points"), table);
  }

  @Test
  void aSingleSeedHasNeitherDeviationNorInterval() throws IOException {
    RunFiles files = new RunFiles();
    files.write(run("a"), 1, 1, 2, 3);
    files.with("--alpha", "0.0").write(run("b"), 1, 2, 3, 5.5);

    String table = table(run("a"), run("b"), "--baseline", "alpha=3");

    assertRow(
        table,
        "alpha=0",
        "1",
        "3",
        "5.50",
        "3.50",
        "+2.50 (n = 1)",
        "+1.50 (n = 1)",
        "5.50",
        "14 / 15.50");
  }

  @Test
  void namesGroupsByAllOptionsThatDiffer() throws IOException {
    RunFiles files = new RunFiles();
    files.write(run("a"), 1, 1, 2, 3);
    files.with("--weight-decay", "0.0").write(run("b"), 1, 1, 2, 3);
    files.with("--kernels", "BF16").with("kernels in use", "bf16").write(run("c"), 1, 1, 2, 3);

    List<String> names = names(table(run("a"), run("b"), run("c")));

    assertEquals(
        List.of("weight-decay=0.0005", "weight-decay=0", "kernels=bf16, weight-decay=0"), names);
  }

  @Test
  void otherKernelsOrImagesAreAnotherGroupThoughTheOptionsAreTheSame() throws IOException {
    RunFiles files = new RunFiles();
    files.write(run("a"), 1, 1, 2, 3);
    files.with("kernels in use", "nd4j").write(run("b"), 2, 1, 2, 3);
    assertEquals(
        List.of("kernels in use=f32", "kernels in use=nd4j"), names(table(run("a"), run("b"))));

    files.with("kernels in use", "f32").with("images", "50000+5000 images, CRC-32 1");
    files.write(run("c"), 2, 1, 2, 3);
    assertEquals(2, names(table(run("a"), run("c"))).size());
  }

  @Test
  void imagesThatDependOnTheSeedDoNotMakeAnotherGroup() throws IOException {
    String[][] options = {
      {"--data", "SYNTHETIC"}, {"--data", "SYNTHETIC100"}, {"--validation", "0.1"}
    };
    for (String[] option : options) {
      RunFiles files = new RunFiles().with(option[0], option[1]);
      files.with("images", "90+10 images, CRC-32 1").write(run("a"), 1, 1, 2, 3);
      files.with("images", "90+10 images, CRC-32 2").write(run("b"), 2, 1, 2, 5);

      String table = table(run("a"), run("b"));

      assertRow(
          table, "all runs", "2", "3", "4.00 ± 1.41", "2.33 ± 0.47", "4.00 ± 1.41", "14 / 15.50");
    }
  }

  /** The images were moved between two runs. */
  @Test
  void whereTheImagesLayDoesNotMakeAnotherGroup() throws IOException {
    RunFiles files = new RunFiles();
    files.with("--data-dir", "/here").write(run("a"), 1, 1, 2, 3);
    files.with("--data-dir", "/there").write(run("b"), 2, 1, 2, 5);

    assertEquals(List.of("all runs"), names(table(run("a"), run("b"))));
  }

  private static List<String> names(String table) {
    List<String> names = new ArrayList<>();
    table
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .forEach(line -> names.add(line.substring(2, line.indexOf(" |", 2))));
    return names;
  }

  @Test
  void takesNamesForGroups() throws IOException {
    RunFiles files = new RunFiles();
    files.write(run("a"), 1, 1, 2, 3);
    files.write(run("b"), 2, 1, 2, 3);
    files.with("--alpha", "0.0").write(run("c"), 1, 1, 2, 3);

    String table = table("full=" + run("a"), "no clip=" + run("c"), "full=" + run("b"));

    assertEquals(List.of("full", "no clip"), names(table));
    refusesAfter("--alpha", "one=" + run("a"), "one=" + run("c"));
  }

  private void refusesAfter(String word, Object... arguments) throws IOException {
    Files.delete(run("table.md"));
    refuses(List.of(word), arguments);
  }

  @Test
  void aFolderMayHaveAnEqualsSignInItsName() throws IOException {
    Path path = new RunFiles().write(run("alpha=3"), 1, 1, 2, 3);

    assertEquals(List.of("all runs"), names(table(path)));
  }

  @Test
  void lossesAreBestWhereTheyAreLowest() throws IOException {
    new RunFiles().write(run("a"), 1, 3, 4, 2); // losses −3, −4, −2

    String table = table(run("a"), "--column", "test_loss");

    assertRow(table, "all runs", "1", "3", "−2.0000", "−3.0000", "−4.0000", "14 / 15.50");
    assertFalse(table.contains("standard error"), table);
  }

  @Test
  void saysThatRunsAreNotAtTheirEnd() throws IOException {
    new RunFiles().with("--epochs", "150").write(run("a"), 1, 1, 2, 3);

    assertTrue(table(run("a")).contains("| 1 | 3 of 150 |"));
  }

  @Test
  void writesUtf8ToStandardOutput() throws IOException {
    new RunFiles().write(run("a"), 1, 1, 2, 3);
    new RunFiles().write(run("b"), 2, 1, 2, 3);
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
    try {
      assertEquals(0, report.run("table", run("a"), run("b")), report::err);
    } finally {
      System.setOut(before);
    }
    assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("3.00 ± 0.00"), bytes::toString);
  }

  @Test
  void refusesUnequalNumbersOfEpochs() throws IOException {
    RunFiles files = new RunFiles();
    Path a = files.write(run("a"), 1, 1, 2, 3);
    Path b = files.write(run("b"), 2, 1, 2, 3, 4);

    refuses(List.of("'all runs'", a + " has 3", b + " has 4"), a, b);
  }

  @Test
  void refusesASeedTwice() throws IOException {
    Path a = new RunFiles().write(run("a"), 1, 1, 2, 3);
    Path b = new RunFiles().write(run("b"), 1, 1, 2, 3);

    refuses(List.of("seed 1", a.toString(), b.toString()), a, b);
  }

  @Test
  void refusesASeedWithoutPartner() throws IOException {
    RunFiles files = new RunFiles();
    Path a = files.write(run("a"), 1, 1, 2, 3);
    Path b = files.write(run("b"), 2, 1, 2, 3);
    Path c = files.with("--alpha", "0.0").write(run("c"), 1, 1, 2, 3);

    refuses(
        List.of("the same seeds", "'alpha=0' has [1]", "'alpha=3' has [1, 2]"),
        a,
        b,
        c,
        "--baseline",
        "alpha=3");
  }

  @Test
  void refusesToCompareAfterOtherNumbersOfEpochs() throws IOException {
    Path a = new RunFiles().write(run("a"), 1, 1, 2, 3);
    Path b = new RunFiles().with("--alpha", "0.0").write(run("b"), 1, 1, 2, 3, 4);

    refuses(List.of("as many epochs", "has 4", "has 3"), a, b, "--baseline", "alpha=3");
  }

  @Test
  void refusesPartnersThatSawOtherImages() throws IOException {
    RunFiles files = new RunFiles().with("--data", "SYNTHETIC");
    Path a = files.with("images", "90+10 images, CRC-32 1").write(run("a"), 1, 1, 2, 3);
    files.with("--alpha", "0.0").with("images", "90+10 images, CRC-32 2");
    Path b = files.write(run("b"), 1, 1, 2, 3);

    refuses(List.of("same images", "seed 1"), a, b, "--baseline", "alpha=3");
  }

  @Test
  void refusesEpochsThatAreNotThere() throws IOException {
    Path a = new RunFiles().write(run("a"), 1, 1, 2);

    refuses(List.of("at least 3 epochs", "'all runs' has 2"), a);
    refuses(List.of("at least 6 epochs"), a, "--epochs", "4-6");
  }

  @Test
  void refusesABaselineThatIsNoGroup() throws IOException {
    Path a = new RunFiles().write(run("a"), 1, 1, 2, 3);

    refuses(List.of("--baseline", "'all runs'", "'fp32'"), a, "--baseline", "fp32");
  }

  @Test
  void refusesAFolderWithoutARun() throws IOException {
    Path a = new RunFiles().write(run("a"), 1, 1, 2, 3);
    Files.delete(a.resolve("metrics.csv"));
    refuses(List.of(a.toString(), "no metrics.csv"), a);
    Files.delete(a.resolve("options.txt"));
    refuses(List.of("no options.txt"), a);
    refuses(List.of(run("nowhere") + ": ", "no folder"), run("nowhere"));
  }
}
