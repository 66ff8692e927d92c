package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CurvesCommandTest {

  private static final String BLUE = "rgb(0,114,178)";
  private static final String RED = "rgb(213,94,0)";
  private static final String BLACK = "rgb(0,0,0)";

  @TempDir private Path folder;

  private final ReportRunner report = new ReportRunner();
  private Path log;

  @BeforeEach
  void runs() throws IOException {
    RunFiles files = new RunFiles();
    files.write(folder.resolve("q1"), 1, 60, 70, 75, 79);
    files.write(folder.resolve("q2"), 2, 64, 72, 77, 81);
    files.with("--precision", "FP32").write(folder.resolve("f1"), 1, 61, 71, 76, 80);
    log =
        Files.writeString(
            folder.resolve("log.csv"), "epoch,test_acc\n1,63\n2,73\n3,78\n4,82\n5,83\n");
  }

  private Path curves(String name, Object... more) {
    Path out = folder.resolve(name);
    List<Object> all = new ArrayList<>(List.of("curves", "--out", out));
    all.addAll(List.of(folder.resolve("q1"), folder.resolve("q2"), folder.resolve("f1")));
    all.addAll(List.of(more));
    assertEquals(0, report.run(all.toArray()), report::err);
    return out;
  }

  private static Document parse(Path svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(svg.toFile());
  }

  /** The lines of a stroke inside of the axes' box, from left to right. */
  private static List<Element> lines(Document svg, String colour, String width) {
    List<Element> lines = new ArrayList<>();
    NodeList all = svg.getElementsByTagName("line");
    for (int i = 0; i < all.getLength(); i++) {
      Element line = (Element) all.item(i);
      String style = line.getAttribute("style");
      boolean inPlot = !((Element) line.getParentNode()).getAttribute("clip-path").isEmpty();
      if (inPlot
          && style.contains("stroke:" + colour + ";")
          && style.contains("stroke-width:" + width + ";")) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static double[] heights(List<Element> lines) {
    return DoubleStream.concat(
            DoubleStream.of(number(lines.get(0), "y1")),
            lines.stream().mapToDouble(line -> number(line, "y2")))
        .toArray();
  }

  private static double number(Element line, String attribute) {
    return Double.parseDouble(line.getAttribute(attribute));
  }

  @Test
  void drawsEachEpochOfMeansSeedsAndLog() throws Exception {
    Document svg = parse(curves("curves.svg", "--paper", log));

    List<Element> mean = lines(svg, BLUE, "2.2");
    assertEquals(3, mean.size()); // between four epochs
    assertEquals(2 * 3, lines(svg, BLUE, "0.7").size());
    assertEquals(3, lines(svg, RED, "2.2").size());
    assertEquals(0, lines(svg, RED, "0.7").size()); // a single seed is its own mean
    List<Element> paper = lines(svg, BLACK, "1.6");
    assertEquals(3, paper.size()); // as far as the runs go
    paper.forEach(line -> assertTrue(line.getAttribute("style").contains("stroke-dasharray")));

    // Heights are linear in accuracy: means 62, 71, 76, 80 against the single run's 61, 71, 76, 80.
    double[] means = heights(mean);
    double[] single = heights(lines(svg, RED, "2.2"));
    double unit = (means[1] - means[0]) / 9;
    double[] expected = {means[0], means[0] + 9 * unit, means[0] + 14 * unit, means[0] + 18 * unit};
    assertArrayEquals(expected, means, 1e-3);
    assertArrayEquals(new double[] {means[0] - unit, means[1], means[2], means[3]}, single, 1e-3);
    assertArrayEquals(
        new double[] {
          means[0] + unit, means[1] + 2 * unit, means[2] + 2 * unit, means[3] + 2 * unit
        },
        heights(paper),
        1e-3);
  }

  @Test
  void saysInWordsWhatItShows() throws Exception {
    Document svg = parse(curves("curves.svg", "--paper", log, "--column", "test_acc"));

    assertEquals(
        "test accuracy, % over epochs: precision=q4; precision=fp32; paper's log",
        svg.getElementsByTagName("desc").item(0).getTextContent());
  }

  @Test
  void escapesNames() throws Exception {
    Path out = folder.resolve("a.svg");

    assertEquals(
        0, report.run("curves", "--out", out, "a<b>&c=" + folder.resolve("q1")), report::err);

    assertTrue(parse(out).getElementsByTagName("desc").item(0).getTextContent().endsWith("a<b>&c"));
  }

  /** Dashes of XChart begin anew at each epoch. */
  @Test
  void leavesOutEverySecondStretchOfALongLog() throws Exception {
    double[] accuracies = new double[101];
    StringBuilder rows = new StringBuilder("epoch,test_acc\n");
    for (int i = 0; i < accuracies.length; i++) {
      accuracies[i] = 50 + i / 4.0;
      rows.append(i + 1).append(',').append(60 + i / 8.0).append('\n');
    }
    new RunFiles().write(folder.resolve("long"), 1, accuracies);
    Files.writeString(log, rows);
    Path out = folder.resolve("long.svg");

    assertEquals(
        0, report.run("curves", "--out", out, folder.resolve("long"), "--paper", log), report::err);

    Document svg = parse(out);
    assertEquals(100, lines(svg, BLUE, "2.2").size());
    assertEquals(50, lines(svg, BLACK, "1.6").size());
  }

  @Test
  void drawsTheSameAgain() throws IOException {
    assertArrayEquals(
        Files.readAllBytes(curves("one.svg")), Files.readAllBytes(curves("other.svg")));
  }

  @Test
  void drawsAPng() throws IOException {
    BufferedImage image = ImageIO.read(curves("curves.PNG", "--title", "T").toFile());

    assertEquals(900, image.getWidth());
    assertEquals(560, image.getHeight());
    assertTrue(hasPixel(image, 0x0072B2));
    assertTrue(hasPixel(image, 0xD55E00));
    assertTrue(GraphicsEnvironment.isHeadless());
  }

  private static boolean hasPixel(BufferedImage image, int rgb) {
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == rgb) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void refusesAnotherKindOfFile() {
    assertEquals(2, report.run("curves", "--out", "curves.jpg", folder.resolve("q1")));

    assertTrue(report.err().contains("--out must end in .svg or .png; got curves.jpg"));
  }

  @Test
  void refusesALogWithoutTheColumn() {
    Path out = folder.resolve("curves.svg");

    assertEquals(
        1,
        report.run(
            "curves", "--out", out, folder.resolve("q1"), "--paper", log, "--column", "test_loss"));

    assertTrue(report.err().contains(log + ", line 1: expected a column test_loss"), report::err);
    assertFalse(Files.exists(out));
  }
}
