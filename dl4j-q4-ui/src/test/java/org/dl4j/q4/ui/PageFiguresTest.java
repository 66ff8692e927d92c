package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.stats.LayerStatistics;
import org.dl4j.q4.stats.QuantizationReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser: figures of a training, and how to get at them. */
class PageFiguresTest extends PageFixture {

  @TempDir private Path folder;

  private static final List<String> CHARTS =
      List.of("levelsUsed", "sqnr", "flipped", "oscillating", "scale", "saturated", "score");

  private static List<String> names(QuantizationReport report) {
    return report.layers().stream().map(LayerStatistics::layer).collect(Collectors.toList());
  }

  /** From a page without anything to show, through a training, to its end. */
  @Test
  void showsATrainingWhileItGoesOn() throws InterruptedException, IOException {
    browser.visit(server.address("/quantization"));
    browser.await("the empty page", () -> browser.text("#status").contains("No training session"));
    assertTrue(browser.text("#empty").contains("new StorageRoute(storage"), browser.text("#empty"));
    assertEquals(List.of(), browser.barriers());
    server.attach(storage);
    MultiLayerNetwork network = network();
    AtomicBoolean enough = new AtomicBoolean();
    Thread training =
        new Thread(
            () -> {
              while (!enough.get()) {
                fit(network, 1);
              }
            });
    training.start();
    try {
      browser.await("lines", () -> browser.points("levelsUsed") > 0);
      int points = browser.points("levelsUsed");
      browser.await("more points", () -> browser.points("levelsUsed") > points);
      int more = browser.points("levelsUsed");
      browser.await("still more points", () -> browser.points("levelsUsed") > more);
      assertTrue(training.isAlive());
    } finally {
      enough.set(true);
      training.join();
    }
    QuantizationReport last = reports.get(reports.size() - 1);
    String iteration = String.format("%,d", last.iteration());
    browser.await("the end", () -> browser.text("#layers caption").contains(iteration));

    // All layers by their names, whatever these are.
    assertEquals(names(last), browser.texts("#legend li"));
    assertEquals(names(last), browser.texts("#layers tbody th"));
    assertTrue(names(last).contains(Training.EVIL));
    assertEquals(0, browser.all("img").size());
    assertEquals(null, browser.script("return window.q4Broken"));
    for (String chart : CHARTS) {
      assertEquals(
          "score".equals(chart) ? 1 : 3, browser.all("#" + chart + " path.q4-line").size(), chart);
      assertTrue(browser.points(chart) > 3, chart);
    }
    for (int i = 0; i < 3; i++) {
      LayerStatistics layer = last.layers().get(i);
      String used = layer.histogram().levelsUsed() + " of 15";
      assertEquals(
          used, browser.text("#layers tbody tr:nth-child(" + (i + 1) + ") td:nth-of-type(3)"));
    }
    browser.picture(Path.of("target", "quantization-page.png"));
    assertEquals(List.of(), browser.barriers());
    browser.assertNoComplaints();
  }

  @Test
  void choosesLayersAndMomentsOfARunInAFileByKeyboard() throws InterruptedException, IOException {
    File file = folder.resolve("stats.db").toFile();
    FileStatsStorage written = new FileStatsStorage(file);
    fit(network(written), 40);
    written.close();
    FileStatsStorage read = new FileStatsStorage(file);
    server.attach(read);
    browser.visit(server.address("/quantization"));
    browser.await("lines", () -> browser.points("levelsUsed") == 3 * reports.size());

    browser.choose("#layer", "output");
    browser.await("one line", () -> browser.points("levelsUsed") == reports.size());
    assertEquals(List.of("output"), browser.texts("#legend li"));
    browser.await("its codes", () -> browser.text("#codesTitle").equals("Codes of output"));
    assertEquals(counts(reports.size() - 1), shownCounts());
    assertTrue(browser.address().contains("layer="), browser.address());

    browser.focus("#moment");
    String before = String.valueOf(shownCounts());
    browser.press(Keys.HOME);
    assertTrue(browser.text("#momentText").startsWith("iteration 0,"), browser.text("#momentText"));
    assertEquals(counts(0), shownCounts());
    assertNotEquals(before, String.valueOf(shownCounts()));
    browser.press(Keys.ARROW_RIGHT);
    assertEquals(counts(1), shownCounts());
    assertEquals(
        browser.text("#momentText"), browser.one("#moment").getDomAttribute("aria-valuetext"));
    assertEquals(CHARTS.size(), browser.all(".q4-marker").size());

    // Chosen stays chosen when the page comes again.
    browser.visit(browser.address());
    browser.await("one line again", () -> browser.points("levelsUsed") == reports.size());

    browser.focus("#sqnr .q4-plot");
    browser.press(Keys.HOME);
    assertTrue(
        browser.text("#sqnr .q4-readout").startsWith("Iteration 0 – output: "),
        browser.text("#sqnr .q4-readout"));
    browser.press(Keys.ARROW_RIGHT);
    assertTrue(browser.text("#scale .q4-readout").startsWith("Iteration 2 – output: "));
    browser.press(Keys.ESCAPE);
    assertTrue(browser.text("#sqnr .q4-readout").startsWith("Last – output: "));

    // The table's names choose, too, and the first stop of the tabulator leads past the navigation.
    browser.focus("#layers tbody tr:first-child button");
    browser.press(Keys.ENTER);
    browser.await("another layer", () -> browser.texts("#legend li").equals(List.of("hidden 1")));
    browser.visit(browser.address());
    browser.press(Keys.TAB);
    assertEquals("#content", browser.script("return document.activeElement.getAttribute('href')"));
    browser.assertNoComplaints();
  }

  /** Of the output layer. */
  private List<Long> counts(int report) {
    return Arrays.stream(reports.get(report).layers().get(2).histogram().counts())
        .boxed()
        .collect(Collectors.toList());
  }

  /** By the table under the bars, which are as high as it says. */
  private static List<Long> shownCounts() {
    List<?> counts =
        (List<?>)
            browser.script(
                "return [...document.querySelectorAll('#codesTable tbody td:nth-of-type(1)')]"
                    + ".map(cell => Number(cell.textContent.replaceAll(',', '')))");
    List<?> heights =
        (List<?>)
            browser.script(
                "const all = [...document.querySelectorAll('#codes rect')]"
                    + ".map(bar => Number(bar.getAttribute('height')));"
                    + "return all.map(height => height / Math.max(...all))");
    List<Long> numbers =
        counts.stream().map(count -> ((Number) count).longValue()).collect(Collectors.toList());
    long most = numbers.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertEquals(15, heights.size());
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals((double) numbers.get(i) / most, ((Number) heights.get(i)).doubleValue(), 1e-6);
    }
    return numbers;
  }

  @Test
  void fitsIntoANarrowWindow() throws InterruptedException, IOException {
    fit(network(), 10);
    server.attach(storage);
    browser.visit(server.address("/quantization"));
    browser.await("lines", () -> browser.points("levelsUsed") > 0);
    browser.size(500, 900);
    browser.await(
        "charts as wide as the window",
        () ->
            browser.one("#sqnr svg").getSize().getWidth() < 500
                && browser.one("#sqnr svg").getSize().getWidth() > 400);
    assertEquals(true, browser.script("return document.documentElement.scrollWidth <= innerWidth"));
    assertTrue(
        browser.one("#sqnr").getLocation().getY()
            > browser.one("#levelsUsed").getLocation().getY());
    browser.one("#layer").click(); // nothing lies over it
    browser.picture(Path.of("target", "quantization-page-narrow.png"));
  }
}
