package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report DIR} of runs that have metrics and options alone. */
class RunPageTest {

  private static final Pattern SVG =
      Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"");

  @TempDir private Path folder;

  private final ReportRunner report = new ReportRunner();

  private void twins() throws IOException {
    RunFiles files = new RunFiles();
    files.write(folder.resolve("q4-1"), 1, 60, 70, 75);
    files.write(folder.resolve("q4-2"), 2, 64, 72, 77);
    files.with("--precision", "FP32");
    files.write(folder.resolve("fp32-1"), 1, 61, 71, 76);
    files.write(folder.resolve("fp32-2"), 2, 65, 75, 74);
  }

  private String page(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.add("--out");
    all.add(folder.resolve("out"));
    assertEquals(0, report.run(all.toArray()), report::err);
    assertEquals("", report.err());
    return Files.readString(folder.resolve("out/report.html"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  private static String row(String... cells) {
    return Stream.of(cells)
        .skip(1)
        .map(cell -> "<td class=\"figure\">" + cell + "</td>")
        .collect(Collectors.joining("", "<td class=\"name\">" + cells[0] + "</td>", ""));
  }

  private static void assertHas(String html, String part) {
    assertTrue(html.contains(part), () -> part + " is not in\n" + SVG.matcher(html).replaceAll(""));
  }

  private void assertRefused(int exitCode, String reason, Object... arguments) {
    assertEquals(exitCode, report.run(arguments));
    assertTrue(report.err().contains(reason), report::err);
    assertFalse(Files.exists(folder.resolve("report")), "nothing is written");
  }

  /** Means 76 and 75 of the last epochs, deviations √2 of 75 and 77, and of 76 and 74. */
  @Test
  void hasResultsPicturesAndOptionsOfTwins() throws Exception {
    twins();

    String html = page(folder);

    assertHas(
        html,
        row(
            "4 bits",
            "2",
            "3",
            "76.00 ± 1.41",
            "76.00 ± 1.41",
            "−76.0000 ± 1.4142",
            "1.5000 ± 0.0000",
            "14 / 15.50"));
    assertHas(html, row("full precision", "2", "3", "75.00 ± 1.41", "75.50 ± 0.71"));
    assertHas(
        html, "<td class=\"name\">q4-2</td><td class=\"name\">Q4</td><td class=\"name\">2</td>");
    assertHas(html, "<td class=\"name\">--alpha</td><td class=\"name\">3.0</td>");
    assertHas(html, "Test accuracy, % over epochs: 4 bits; full precision. Thick lines");
    assertEquals(
        List.of("accuracy.png", "levels.png", "report.html", "test-loss.png", "training-loss.png"),
        files());
    BufferedImage image = ImageIO.read(folder.resolve("out/accuracy.png").toFile());
    assertEquals(900, image.getWidth());
    assertEquals(450, image.getHeight());
  }

  @Test
  void needsNoOtherFile() throws Exception {
    twins();

    String html = page(folder);

    assertEquals(4, svgs(html).size());
    String rest = SVG.matcher(html).replaceAll("");
    assertFalse(
        Pattern.compile("src=|href=|url\\(|@import|<script|<link").matcher(rest).find(), rest);
  }

  /** Rounded numbers leave them SVG. */
  private static List<Object> svgs(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    List<Object> svgs = new ArrayList<>();
    Matcher matcher = SVG.matcher(html);
    while (matcher.find()) {
      byte[] svg = Base64.getDecoder().decode(matcher.group(1));
      svgs.add(factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg)));
    }
    return svgs;
  }

  @Test
  void comparesWithALogAsFarAsTheRunsGo() throws IOException {
    twins();
    Path log = folder.resolve("log.csv");
    Files.writeString(
        log,
        "epoch,train_loss,test_loss,test_acc\n1,3,2.5,63\n2,2,1.5,79\n3,1,0.5,78\n4,0.5,0.4,82\n");

    String html = page(folder, "--paper", log);

    assertHas(
        html, row("paper&#x27;s log", "", "3 of 4", "78.00", "79.00", "0.5000", "1.0000", "–"));
    assertHas(html, "4 bits; full precision; paper&#x27;s log");
  }

  @Test
  void takesASingleRun() throws IOException {
    Path run = new RunFiles().write(folder.resolve("table"), 1, 60);

    assertEquals(0, report.run(run), report::err);

    String html = Files.readString(run.resolve("report/report.html"));
    assertHas(html, "<h1>Training report: table</h1>");
    assertHas(html, "<td class=\"figure\">1 of 3</td>");
    assertHas(html, "<td class=\"name\">--seed</td><td class=\"name\">1</td>");
    // What it wrote is no run, and does not come into the next report.
    assertEquals(0, report.run(run), report::err);
  }

  @Test
  void writesTheSameAgain() throws IOException {
    twins();
    String first = page(folder);
    byte[] picture = Files.readAllBytes(folder.resolve("out/accuracy.png"));

    assertEquals(first, page(folder));
    assertArrayEquals(picture, Files.readAllBytes(folder.resolve("out/accuracy.png")));
  }

  @Test
  void showsRunsOfUnequalLengthEachForItself() throws IOException {
    RunFiles files = new RunFiles();
    files.write(folder.resolve("a"), 1, 60, 70, 75);
    files.write(folder.resolve("b"), 2, 64);

    String html = page(folder);

    assertHas(html, row("a", "1", "3", "75.00"));
    assertHas(html, row("b", "1", "1 of 3", "64.00"));
    assertHas(html, "Each run for itself: Expected as many epochs of each run");
    assertFalse(html.contains(folder.toString()), "no path of this machine");
  }

  @Test
  void callsGroupsByTheirFoldersWhereOptionsWouldBeLong() throws IOException {
    RunFiles files = new RunFiles();
    files.write(folder.resolve("paper-1"), 1, 60, 70);
    files.write(folder.resolve("paper-2"), 2, 62, 72);
    files.with("--alpha", "0").write(folder.resolve("no-clip-1"), 1, 50, 55);

    String html = page(folder);

    assertHas(html, row("paper", "2", "2 of 3", "71.00 ± 1.41"));
    assertHas(html, row("no-clip", "1", "2 of 3", "55.00"));
  }

  @Test
  void drawsMoreGroupsInSeveralPictures() throws IOException {
    for (int bits = 2; bits <= 8; bits++) {
      new RunFiles().with("--bits", "" + bits).write(folder.resolve("bits-" + bits), 1, 60, 70);
    }

    assertHas(page(folder), row("8 bits", "1", "2 of 3", "70.00"));

    assertTrue(files().containsAll(List.of("accuracy-2.png", "levels-2.png")), files()::toString);
  }

  @Test
  void showsARunThatHasDiverged() throws IOException {
    Path run = new RunFiles().write(folder.resolve("run"), 1, 60, 10);
    Path metrics = run.resolve("metrics.csv");
    Files.writeString(
        metrics, Files.readString(metrics).replaceAll(",-?[0-9.]+,(60|10)\\.", ",NaN,$1."));

    assertHas(page(folder), "Loss on images not trained on: no run has a finite value.");

    assertFalse(files().contains("test-loss.png"));
  }

  @Test
  void escapesWhatOptionsSay() throws IOException {
    new RunFiles().with("--note", "<script>alert(1)</script>").write(folder.resolve("r"), 1, 60);

    String html = page(folder);

    assertHas(html, "&lt;script&gt;");
    assertFalse(html.contains("<script"));
  }

  @Test
  void refusesAFolderWithoutRuns() throws IOException {
    assertRefused(1, folder + ": expected metrics.csv", folder);
    assertRefused(1, "found no folder", folder.resolve("nowhere"));
    assertRefused(1, "found a file", Files.writeString(folder.resolve("file"), ""));
    Path noOptions = Files.createDirectory(folder.resolve("run"));
    Files.writeString(noOptions.resolve("metrics.csv"), "epoch,test_acc\n1,50\n");
    assertRefused(1, "found no options.txt", folder);
  }

  @Test
  void refusesADamagedFile() throws IOException {
    Path run = new RunFiles().write(folder.resolve("run"), 1, 60);
    Path metrics = run.resolve("metrics.csv");
    String whole = Files.readString(metrics);
    Files.writeString(metrics, whole.replace(",60.000", ",6O"));
    assertRefused(1, metrics + ", line 2: expected a number as test_acc, found '6O'", folder);

    Files.writeString(metrics, whole);
    Path zip = Files.writeString(run.resolve("last.zip"), "no zip");
    assertRefused(1, zip + ": expected a saved network", folder);

    Files.delete(zip);
    Path statistics = Files.writeString(run.resolve("quantization.csv"), "a,b\n");
    assertRefused(1, statistics + ", line 1: expected a column network, found a,b", folder);
  }

  @Test
  void refusesALogWithoutAColumn() throws IOException {
    twins();
    Path log = Files.writeString(folder.resolve("log.csv"), "epoch,test_acc\n1,63\n");

    assertRefused(1, log + ", line 1: expected a column test_loss", folder, "--paper", log);
  }

  @Test
  void needsAFolderOrACommand() {
    assertRefused(2, "table, curves, levels, clip");
  }
}
