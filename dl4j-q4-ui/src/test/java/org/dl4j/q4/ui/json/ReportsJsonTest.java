package org.dl4j.q4.ui.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.dl4j.q4.ui.StoredReports;
import org.dl4j.q4.ui.StoredReports.Layer;
import org.dl4j.q4.ui.sessions.Batch;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class ReportsJsonTest {

  /** What a browser reads. */
  private static JsonNode parsed(JsonNode json) throws IOException {
    return new ObjectMapper().readTree(json.toString());
  }

  private static void assertJson(String expected, JsonNode found) throws IOException {
    assertEquals(new ObjectMapper().readTree(expected.replace('\'', '"')), parsed(found));
  }

  @Test
  void columnsOverTime() throws IOException {
    JsonNode json =
        ReportsJson.of(
            new Batch<>(
                List.of(
                    StoredReports.report(
                        "s", "w", 1000, 5, new Layer("conv", "W", 1, 0, 2, 0, 1).fit(0.5, 20, 1.5)),
                    StoredReports.report(
                        "s",
                        "w",
                        2000,
                        15,
                        new Layer("conv", "W", 1, 1, 1, 1, 4)
                            .changes(0.25, 0.125, 0.75, -0.5)
                            .fit(0.25, Double.POSITIVE_INFINITY, 1.25)
                            .gradient(3, 0.75))),
                7));
    assertJson("[1000, 2000]", json.get("times"));
    assertJson("[5, 15]", json.get("iterations"));
    assertJson("[0, 1]", json.get("epochs"));
    assertEquals(7, json.get("stored").asInt());
    assertJson(
        "[{'layer': 'conv', 'parameter': 'W', 'levelsUsed': [3.0, 5.0], 'saturated': [0.5, 0.625],"
            + " 'flipped': [null, 0.25], 'oscillating': [null, 0.125], 'flipTrend': [null, 0.75],"
            + " 'scale': [0.5, 0.25], 'scaleDrift': [null, -0.5], 'outlierRatio': [1.5, 1.25],"
            + " 'sqnr': [20.0, null], 'gradientNorm': [null, 3.0],"
            + " 'clippedGradientNorm': [null, 0.75]}]",
        json.get("layers"));
    assertJson(
        "{'time': 2000, 'iteration': 15, 'epoch': 1, 'gradientNorm': 2.0,"
            + " 'clippedGradientNorm': 0.5, 'layers': [{'layer': 'conv', 'parameter': 'W',"
            + " 'weights': 8, 'nonFinite': 0, 'levels': 5, 'deadLevels': [],"
            + " 'histogram': [1, 1, 1, 1, 4], 'levelsUsed': 5.0, 'saturated': 0.625,"
            + " 'flipped': 0.25, 'oscillating': 0.125, 'flipTrend': 0.75, 'scale': 0.25,"
            + " 'scaleDrift': -0.5, 'outlierRatio': 1.25, 'sqnr': null, 'gradientNorm': 3.0,"
            + " 'clippedGradientNorm': 0.75}], 'warnings': []}",
        json.get("latest"));
  }

  @Test
  void layersThatComeAndGoHaveNulls() throws IOException {
    JsonNode layers =
        ReportsJson.of(
                new Batch<>(
                    List.of(
                        StoredReports.report("s", "w", 1, 0, new Layer("a", "W", 1, 1, 1)),
                        StoredReports.report(
                            "s", "w", 2, 1, new Layer("a", "W", 1, 0, 0), new Layer("b", "RW", 3)),
                        StoredReports.report("s", "w", 3, 2, new Layer("b", "RW", 3))),
                    3))
            .get("layers");
    assertEquals("a", layers.get(0).get("layer").asText());
    assertJson("[3.0, 1.0, null]", layers.get(0).get("levelsUsed"));
    assertEquals("RW", layers.get(1).get("parameter").asText());
    assertJson("[null, 1.0, 1.0]", layers.get(1).get("levelsUsed"));
    assertJson("[null, null, null]", layers.get(1).get("sqnr"));
  }

  @Test
  void warningsOfTheLatest() throws IOException {
    JsonNode json =
        ReportsJson.of(
            new Batch<>(
                List.of(
                    StoredReports.report("s", "w", 1, 0, new Layer("a", "W").nonFinite(2)),
                    StoredReports.report(
                        "s",
                        "w",
                        2,
                        1,
                        new Layer("a\"", "W").nonFinite(2),
                        new Layer("b", "W", 9))),
                2));
    JsonNode warnings = parsed(json.get("latest").get("warnings"));
    assertEquals(1, warnings.size());
    assertEquals("NON_FINITE", warnings.get(0).get("kind").asText());
    assertEquals("a\"", warnings.get(0).get("layer").asText());
    assertEquals("W", warnings.get(0).get("parameter").asText());
    assertEquals(0, warnings.get(0).get("message").asText().indexOf("2 of 2 weights are NaN"));
    JsonNode layer = json.get("latest").get("layers").get(0);
    assertEquals(2, layer.get("nonFinite").asInt());
    assertEquals(0, layer.get("levels").asInt());
    assertJson("[]", layer.get("histogram"));
    assertJson("null", layer.get("levelsUsed"));
    assertJson("null", layer.get("saturated"));
  }

  @Test
  void nothing() throws IOException {
    assertJson(
        "{'stored': 0, 'times': [], 'iterations': [], 'epochs': [], 'layers': [], 'latest': null}",
        ReportsJson.of(new Batch<>(List.of(), 0)));
  }

  @Test
  void histogramsOfOneParameter() throws IOException {
    assertJson(
        "{'stored': 3, 'times': [1, 2, 3], 'iterations': [0, 1, 25], 'epochs': [0, 0, 2],"
            + " 'layer': 'a', 'parameter': 'RW', 'counts': [[4, 5, 6], [], [7, 0, 9]]}",
        HistogramsJson.of(
            new Batch<>(
                List.of(
                    StoredReports.report(
                        "s",
                        "w",
                        1,
                        0,
                        new Layer("a", "W", 1, 2, 3),
                        new Layer("a", "RW", 4, 5, 6)),
                    StoredReports.report("s", "w", 2, 1, new Layer("a", "W", 1, 2, 3)),
                    StoredReports.report("s", "w", 3, 25, new Layer("a", "RW", 7, 0, 9))),
                3),
            "a",
            "RW"));
  }
}
