package org.dl4j.q4.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.ui.StoredReports.Layer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

/** DL4J's server finds the module; what it answers over HTTP. */
class QuantizationModuleTest {

  private static final String SESSION = "a session & <b>ü</b>";
  private static final String QUERY = "?session=" + encode(SESSION);

  private static TestServer server;

  @TempDir private Path folder;
  private final InMemoryStatsStorage storage = new InMemoryStatsStorage();

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.close();
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < 30; i++) {
      StoredReports.put(
          storage,
          StoredReports.report(
              SESSION, "q4", 1000 + i, 10 * i, new Layer("conv", "W", i, 1, 2).fit(0.5, 20, 1)));
    }
    StoredReports.put(
        storage, StoredReports.report(SESSION, "q4_1", 5000, 7, new Layer("x", "W", 1, 1, 1)));
    StoredReports.putScore(storage, "without", "stock", 2000, 3, 1.5);
    server.attach(storage);
  }

  @AfterEach
  void detach() {
    server.detach(storage);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode data(int status, String route) throws IOException, InterruptedException {
    return server.json(status, "/quantization/data/" + route);
  }

  @Test
  void sessions() throws IOException, InterruptedException {
    JsonNode json = data(200, "sessions");
    assertFalse(json.get("multiSession").asBoolean());
    assertEquals(2, json.get("sessions").size());
    JsonNode first = json.get("sessions").get(0);
    assertEquals(SESSION, first.get("id").asText());
    assertEquals(1000, first.get("first").asLong());
    assertEquals(5000, first.get("latest").asLong());
    assertEquals(
        "[{\"id\":\"q4\",\"reports\":30},{\"id\":\"q4_1\",\"reports\":1}]",
        first.get("workers").toString());
    JsonNode second = json.get("sessions").get(1);
    assertEquals("without", second.get("id").asText());
    assertEquals(0, second.get("workers").size());
    assertTrue(second.get("latest").isNull());
  }

  @Test
  void reportsOfTheFirstWorkerOrTheOneNamed() throws IOException, InterruptedException {
    assertEquals(30, data(200, "reports" + QUERY).get("times").size());
    assertEquals("[5000]", data(200, "reports" + QUERY + "&worker=q4_1").get("times").toString());
  }

  @Test
  void onlyLaterReportsAndAtMostSoMany() throws IOException, InterruptedException {
    JsonNode later = data(200, "reports" + QUERY + "&worker=q4&after=1027");
    assertEquals("[1028,1029]", later.get("times").toString());
    assertEquals("[3.0,3.0]", later.get("layers").get(0).get("levelsUsed").toString());
    assertEquals(290, later.get("latest").get("iteration").asInt());
    assertTrue(data(200, "reports" + QUERY + "&after=1029").get("latest").isNull());
    JsonNode thinned = data(200, "reports" + QUERY + "&points=3");
    assertEquals("[1000,1014,1029]", thinned.get("times").toString());
    assertEquals(30, thinned.get("stored").asInt());
  }

  @Test
  void histograms() throws IOException, InterruptedException {
    JsonNode json = data(200, "histograms" + QUERY + "&layer=conv&parameter=W&after=1020&points=2");
    assertEquals("[1021,1029]", json.get("times").toString());
    assertEquals("[[21,1,2],[29,1,2]]", json.get("counts").toString());
    // Nothing later, of a layer that exists all the same.
    assertEquals(
        "[]",
        data(200, "histograms" + QUERY + "&layer=conv&parameter=W&after=1029")
            .get("counts")
            .toString());
  }

  @Test
  void scores() throws IOException, InterruptedException {
    assertEquals(
        "{\"workers\":[{\"worker\":\"stock\",\"stored\":1,\"times\":[2000],\"iterations\":[3],"
            + "\"scores\":[1.5]}]}",
        data(200, "scores?session=without").toString());
    assertEquals("{\"workers\":[]}", data(200, "scores" + QUERY).toString());
  }

  @Test
  void saysWhatThereIsInsteadOfWhatIsNot() throws IOException, InterruptedException {
    assertError(400, "Expected the parameter session", "reports");
    assertError(400, "Expected the parameter layer", "histograms" + QUERY);
    assertError(400, "Parameter after: expected an integer", "reports" + QUERY + "&after=x");
    assertError(400, "Parameter points: expected an integer", "scores" + QUERY + "&points=1");
    for (String route : new String[] {"reports?", "scores?", "histograms?layer=a&parameter=W&"}) {
      String message = assertError(404, "No session \"nobody\"", route + "session=nobody");
      assertTrue(message.contains('"' + SESSION + '"') && message.contains("\"without\""), message);
    }
    assertError(
        404, "No worker \"w\"; there are: \"q4\", \"q4_1\"", "reports" + QUERY + "&worker=w");
    assertError(404, "The session \"without\" has no reports", "reports?session=without");
    assertError(
        404,
        "No parameter \"b\" of a layer \"conv\" in these reports; there are: \"W\" of \"conv\"",
        "histograms" + QUERY + "&layer=conv&parameter=b");
    server.detach(storage);
    assertError(404, "No session \"nobody\"; there is none", "reports?session=nobody");
  }

  private static String assertError(int status, String start, String route)
      throws IOException, InterruptedException {
    String message = data(status, route).get("error").asText();
    assertTrue(message.startsWith(start), message);
    return message;
  }

  @Test
  void aStorageMayGo() throws IOException, InterruptedException {
    server.detach(storage);
    assertEquals(0, data(200, "sessions").get("sessions").size());
    data(404, "reports" + QUERY);
    FileStatsStorage file = new FileStatsStorage(folder.resolve("stats").toFile());
    StoredReports.put(
        file, StoredReports.report("in a file", "q4", 1, 1, new Layer("x", "W", 1, 1, 1)));
    server.attach(file);
    data(200, "reports?session=" + encode("in a file"));
    file.close(); // without being detached
    data(404, "reports?session=" + encode("in a file"));
    assertEquals(0, data(200, "sessions").get("sessions").size());
  }
}
