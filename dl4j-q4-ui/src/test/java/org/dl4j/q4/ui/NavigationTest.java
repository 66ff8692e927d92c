package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.ui.StoredReports.Layer;
import org.junit.jupiter.api.Test;
import org.nd4j.common.function.Function;
import org.nd4j.shade.jackson.databind.JsonNode;

/** The link on DL4J's own pages, whose navigation stands in its jar. */
class NavigationTest {

  private static final Map<String, String> NAMES =
      new TreeMap<>(
          Map.of(
              "en", "Quantization",
              "de", "Quantisierung",
              "ja", "量子化",
              "ko", "양자화",
              "ru", "Квантование",
              "zh", "量化"));

  /** The text that we replace, as DL4J has it. */
  private static String system(String language) throws IOException {
    try (InputStream in = VertxUIServer.class.getResourceAsStream("/dl4j_i18n/train." + language)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("train.nav.system="))
          .map(line -> line.substring(line.indexOf('=') + 1))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertLinked(String page, String language) throws IOException {
    String last = page.substring(page.indexOf("href=\"system\""), page.indexOf("nav-dropdown\""));
    assertTrue(last.contains("</i>" + system(language) + "</a></li>"), last);
    assertTrue(last.contains("href=\"/quantization\""), last);
    assertTrue(last.contains("</i>" + NAMES.get(language) + "</a></li>"), last);
    assertEquals(2, last.split("</li>", -1).length - 1, last);
  }

  @Test
  void onEachPageInEachLanguage() throws IOException, InterruptedException {
    try (TestServer server = new TestServer()) {
      for (String language : NAMES.keySet()) {
        server.get("/setlang/" + language);
        for (String page : new String[] {"overview", "model", "system"}) {
          assertLinked(server.get("/train/" + page).body(), language);
        }
      }
      server.get("/setlang/en");
    }
  }

  /** Sessions that come from whoever started the server, as their pages are visited. */
  @Test
  void inMultiSessionMode() throws IOException, InterruptedException {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    StatsListener stock = new StatsListener(storage, null, null, "mine", "w");
    MultiLayerNetwork network = Training.network();
    network.setListeners(stock);
    network.fit(Training.batch());
    StoredReports.put(
        storage, StoredReports.report("mine", "q4", 1, 1, new Layer("x", "W", 1, 1, 1)));
    List<String> asked = new CopyOnWriteArrayList<>();
    Function<String, StatsStorage> provider =
        id -> {
          asked.add(id);
          return id.equals("mine") ? storage : null;
        };
    try (TestServer server = new TestServer(provider)) {
      JsonNode none = server.json(200, "/quantization/data/sessions");
      assertTrue(none.get("multiSession").asBoolean());
      assertEquals(0, none.get("sessions").size());
      server.json(404, "/quantization/data/reports?session=other");

      assertEquals(
          "mine",
          server
              .json(200, "/quantization/data/sessions?session=mine")
              .get("sessions")
              .get(0)
              .get("id")
              .asText());
      server.json(200, "/quantization/data/sessions?session=mine");
      assertEquals(List.of("other", "mine"), asked); // a provider may open a file each time
      assertEquals(
          1, server.json(200, "/quantization/data/reports?session=mine").get("times").size());
      String page = server.get("/train/mine/overview").body();
      assertLinked(page, "en");
      assertFalse(page.contains("${"), page);
    }
  }
}
