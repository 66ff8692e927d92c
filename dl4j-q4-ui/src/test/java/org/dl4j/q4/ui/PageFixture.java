package org.dl4j.q4.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.stats.Q4StatsListener;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.StatsRoute;
import org.dl4j.q4.stats.storage.StorageRoute;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A browser, a server, and a training to look at, for the tests of the page. */
abstract class PageFixture {

  static Browser browser;

  final InMemoryStatsStorage storage = new InMemoryStatsStorage();
  final List<QuantizationReport> reports = new CopyOnWriteArrayList<>();
  TestServer server;

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @BeforeEach
  void start() {
    if (browser == null) {
      browser = new Browser();
    }
    server = new TestServer();
    browser.size(1280, 1500);
    browser.complaints(); // of another test
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      browser.visit("about:blank"); // its requests end
      server.close();
    }
  }

  final MultiLayerNetwork network() {
    return network(storage);
  }

  final MultiLayerNetwork network(StatsStorage storage) {
    MultiLayerNetwork network = Training.network();
    StatsListener stock = new StatsListener(storage, null, null, "a run", "stock");
    StatsRoute keep = reports::add;
    network.setListeners(
        stock,
        Q4StatsListener.builder()
            .frequency(2)
            .route(new StorageRoute(storage, "a run"))
            .route(keep)
            .build());
    return network;
  }

  static void fit(MultiLayerNetwork network, int steps) {
    for (int i = 0; i < steps; i++) {
      network.fit(Training.batch());
    }
  }
}
