package org.dl4j.q4.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4j.q4.examples.report.chart.Histogram;
import org.dl4j.q4.examples.report.chart.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

  @TempDir private Path folder;

  private static Page page() {
    Picture picture =
        new Picture(
            "bars",
            "Bars of 1 & 3",
            Histogram.ofCodes(new long[] {1, 0, 3}).chart("Layer <1>", "code", 0));
    return new Page("A & B", "two runs")
        .add(new Section("Empty"))
        .add(
            new Section("Figures")
                .text("a < b")
                .table(new Table(1, List.of("name", "value")).row(List.of("<script>", "1")))
                .picture(picture));
  }

  @Test
  void escapesTextAndLeavesOutEmptySections() throws IOException {
    String html = page().render("");

    assertTrue(html.startsWith("<!DOCTYPE html>"), html);
    assertTrue(html.contains("<h1>A &amp; B</h1>"), html);
    assertTrue(html.contains("<td class=\"name\">&lt;script&gt;</td>"), html);
    assertTrue(html.contains("<td class=\"figure\">1</td>"), html);
    assertTrue(html.contains("alt=\"Layer &lt;1&gt;\""), html);
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("Empty"), html);
  }

  @Test
  void writesThePageAndItsPicture() throws IOException {
    assertEquals("", page().write(folder.resolve("new")));

    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertEquals(
          List.of("bars.png", "report.html"),
          files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList()));
    }
  }

  @Test
  void saysInPlaceOfPicturesWhyThereAreNone() throws IOException {
    String html = page().render("Install fonts.");

    assertTrue(html.contains("Without pictures. Install fonts."), html);
    assertTrue(html.contains("No picture: Bars of 1 &amp; 3"), html);
    assertTrue(html.contains("&lt;script&gt;"), html);
    assertFalse(html.contains("<img"), html);
  }

  @Test
  void aRowHasACellForEachTitle() {
    Table table = new Table(1, List.of("name", "value"));

    assertThrows(IllegalArgumentException.class, () -> table.row(List.of("one")));
  }
}
