package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.ui.StoredReports.Layer;
import org.junit.jupiter.api.Test;

/** The page in a real browser: sessions that come and go, and long ones. */
class PageSessionsTest extends PageFixture {

  @Test
  void survivesARestartOfTheServer() throws InterruptedException {
    MultiLayerNetwork network = network();
    fit(network, 10);
    server.attach(storage);
    browser.visit(server.address("/quantization"));
    browser.await("lines", () -> browser.points("flipped") > 0);
    int port = server.port();
    server.close();
    browser.await("the alarm", () -> browser.text("#alarm").startsWith("No connection"));
    assertTrue(browser.points("levelsUsed") > 0, "what was shown stays");

    fit(network, 10);
    server = new TestServer(port);
    server.attach(storage);
    browser.await("all reports", () -> browser.points("levelsUsed") == 3 * reports.size());
    assertEquals("", browser.text("#alarm"));

    server.detach(storage);
    browser.await("a page without sessions", () -> browser.text("#status").contains("No training"));
  }

  /**
   * Killed after iteration 30, it went on from 10: what was reported later is not there any more.
   */
  @Test
  void aRunThatWasResumedBeginsAnewWhereItGoesBack() throws InterruptedException {
    for (int i = 10; i <= 30; i += 10) {
      put(storage, 100 * i, i);
    }
    server.attach(storage);
    browser.visit(server.address("/quantization"));
    browser.await("lines", () -> browser.points("levelsUsed") == 3);
    int port = server.port();
    server.close();

    InMemoryStatsStorage resumed = new InMemoryStatsStorage();
    put(resumed, 1000, 10);
    put(resumed, 4000, 20);
    server = new TestServer(port);
    server.attach(resumed);
    browser.await("the rest", () -> browser.text("#status").startsWith("2 reports"));
    assertEquals(2, browser.points("levelsUsed"));
    assertEquals(2, browser.points("score"));
    assertTrue(browser.text("#momentText").startsWith("iteration 20"));
  }

  private static void put(StatsStorage storage, int time, int iteration) {
    StoredReports.put(
        storage,
        StoredReports.report("run", "q4", time, iteration, new Layer("conv", "W", 1, 0, 2)));
    StoredReports.putScore(storage, "run", "w", time, iteration, 1.5);
  }

  @Test
  void drawsABoundedNumberOfPointsOfALongRun() throws InterruptedException {
    for (int i = 0; i < 50_000; i++) {
      StoredReports.put(
          storage,
          StoredReports.report(
              "long", "q4", 1000 + i, 200 * i, new Layer("conv", "W", i, 1, 2).fit(0.5, 20, 1)));
    }
    server.attach(storage);
    browser.visit(server.address("/quantization"));
    browser.await("a line", () -> browser.points("sqnr") > 0);
    assertEquals(500, browser.points("sqnr"));
    assertTrue(browser.text("#status").endsWith("evenly chosen of 50,000."));
    assertEquals("499", browser.one("#moment").getDomAttribute("max"));

    // As it goes on, until there are too many; then the page begins anew.
    for (int i = 50_000; i < 50_501; i++) {
      StoredReports.put(
          storage,
          StoredReports.report("long", "q4", 1000 + i, 200 * i, new Layer("conv", "W", i, 1, 2)));
    }
    browser.await("the end", () -> browser.text("#status").contains("iteration 10,100,000"));
    StoredReports.put(
        storage,
        StoredReports.report("long", "q4", 60_000, 10_101_000, new Layer("conv", "W", 1, 1, 2)));
    browser.await("few again", () -> browser.points("levelsUsed") == 500);
    assertTrue(browser.text("#status").endsWith("evenly chosen of 50,502."));
    browser.assertNoComplaints();
  }

  @Test
  void offersSessionsAndWorkers() throws InterruptedException {
    String session = "<img src=x onerror=\"window.q4Broken=1\">";
    StoredReports.put(
        storage,
        StoredReports.report(session, "q4", 1000, 1, new Layer("first", "W").nonFinite(3)),
        StoredReports.report(session, "q4_1", 900, 1, new Layer("second", "W", 1, 0, 2)),
        StoredReports.report("older", "q4", 500, 1, new Layer("third", "RW", 1, 0, 2)));
    StoredReports.putScore(storage, "stock alone", "w", 100, 3, 1.5);
    server.attach(storage);
    browser.visit(server.address("/quantization"));
    browser.await("the newest", () -> browser.texts("#legend li").equals(List.of("first")));
    assertTrue(browser.text("#warnings").contains("NON_FINITE, first: 3 of 3 weights are NaN"));
    assertTrue(browser.text("#codes").startsWith("The weights have no codes"));
    assertEquals("No figures yet.", browser.text("#levelsUsed .q4-plot"));

    browser.choose("#worker", "q4_1");
    browser.await("its layer", () -> browser.texts("#legend li").equals(List.of("second")));
    browser.choose("#session", "older");
    browser.await("its layer", () -> browser.texts("#legend li").equals(List.of("third · RW")));
    assertFalse(browser.one("#worker").isDisplayed());
    browser.choose("#session", "stock alone");
    browser.await("advice", () -> browser.one("#empty").isDisplayed());
    assertTrue(browser.text("#status").contains("has no reports of quantization"));
    assertEquals(null, browser.script("return window.q4Broken"));
    browser.assertNoComplaints();

    browser.visit(server.address("/quantization?session=gone"));
    browser.await("an error", () -> browser.text("#alarm").startsWith("No session \"gone\""));
  }

  @Test
  void linksToAndFromTheOtherPages() throws InterruptedException {
    fit(network(), 4);
    server.attach(storage);
    browser.visit(server.address("/train/overview"));
    browser.await("the session", () -> "a run".equals(browser.script("return window.currSession")));
    browser.one(".sidebar a[href='/quantization']").click();
    browser.await("lines", () -> browser.points("levelsUsed") > 0);
    assertEquals(server.address("/quantization?session=a%20run"), browser.address());
    browser.one("[data-page='model']").click();
    assertEquals(server.address("/train/model"), browser.address());
  }

  /** Where the address of DL4J's pages has the session in it, links lead back to it. */
  @Test
  void linksInMultiSessionMode() throws InterruptedException {
    fit(network(), 4);
    server.close();
    server = new TestServer(id -> "a run".equals(id) ? storage : null);
    browser.visit(server.address("/train/a%20run/overview"));
    browser.await("the session", () -> "a%20run".equals(browser.script("return currSession")));
    browser.one(".sidebar a[href='/quantization']").click();
    browser.await("lines", () -> browser.points("levelsUsed") > 0);
    assertEquals(server.address("/quantization?session=a%20run"), browser.address());
    browser.one("[data-page='system']").click();
    assertEquals(server.address("/train/a%20run/system"), browser.address());
  }
}
