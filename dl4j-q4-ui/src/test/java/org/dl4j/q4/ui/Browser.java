package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a visitor does in a browser, and sees. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  Browser() {
    driver = Chromium.start();
    size(1280, 1500);
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  void visit(String address) {
    driver.get(address);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** What is there for all to read; retried, as the page may exchange the element. */
  String text(String selector) {
    return settled(() -> one(selector).getText());
  }

  List<String> texts(String selector) {
    return settled(
        () -> all(selector).stream().map(WebElement::getText).collect(Collectors.toList()));
  }

  private static <T> T settled(Supplier<T> read) {
    for (int attempt = 0; ; attempt++) {
      try {
        return read.get();
      } catch (StaleElementReferenceException e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Keys for the element that has the focus. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void focus(String selector) {
    script("document.querySelector(arguments[0]).focus()", selector);
  }

  /** Chooses the option that begins with a text. */
  void choose(String select, String option) {
    WebElement element = one(select);
    for (WebElement found : element.findElements(By.tagName("option"))) {
      if (found.getText().startsWith(option)) {
        found.click();
        return;
      }
    }
    Assertions.fail("No option " + option + " in " + element.getText());
  }

  /** How many points the lines of a chart have, all together. */
  int points(String chart) {
    return ((Long)
            script(
                "return [...document.querySelectorAll('#' + arguments[0] + ' path.q4-line')]"
                    + ".map(path => path.getAttribute('d').split(/[ML]/).length - 1)"
                    + ".reduce((a, b) => a + b, 0)",
                chart))
        .intValue();
  }

  void await(String what, Supplier<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!settled(condition)) {
      if (System.nanoTime() > end) {
        Assertions.fail("Not within " + PATIENCE + ": " + what + "\n" + text("body"));
      }
      Thread.sleep(100);
    }
  }

  /** Of the whole page, as wide as the window. */
  void picture(Path file) throws IOException {
    int height = ((Long) script("return document.documentElement.scrollHeight")).intValue();
    size(driver.manage().window().getSize().getWidth(), height + 150);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /**
   * What axe finds wrong with the page for those who use it by keyboard, ear, or with poor sight.
   */
  List<?> barriers() throws IOException {
    String path = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream axe = Browser.class.getResourceAsStream(path)) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return (List<?>)
        driver.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run().then(result => done(result.violations.map(found =>"
                + " found.id + ': ' + found.help + ' ' + found.nodes.map(node => node.html))),"
                + " error => done(['axe failed: ' + error]));");
  }

  /** What scripts and the loading of files have complained about since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::toString)
        .filter(entry -> !entry.contains("Canvas2D")) // advice to axe; the page has no canvas
        .collect(Collectors.toList());
  }

  void assertNoComplaints() {
    assertEquals(List.of(), complaints());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
