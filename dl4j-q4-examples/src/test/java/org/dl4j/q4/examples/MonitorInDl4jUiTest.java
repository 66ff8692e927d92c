package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.stats.storage.StorageRoute;
import org.dl4j.q4.train.PaperRecipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** {@link MonitorInDl4jUi} at tiny limits: what its server shows while it waits for Enter. */
class MonitorInDl4jUiTest {

  private static final double WIDTH = 0.1;

  /** Layers of VGG4bit with 4-bit weights: the first convolution, a later one, dense, output. */
  private static final int[] LAYERS = {0, 12, 15, 17};

  @TempDir private static Path images;
  @TempDir private Path folder;

  @BeforeAll
  static void write() throws IOException {
    SyntheticImages.write(images.resolve("cifar"), CifarFormat.CIFAR10, 300, 50, 3);
  }

  private static Object[] args(Object... more) {
    Object[] args = {images.resolve("cifar"), "--width", WIDTH, "--epochs", 2, "--every", 1};
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  /** What the server shows while it waits for Enter. */
  private static final class Shown implements UiClient.Visit {

    private final Map<String, JsonNode> data = new LinkedHashMap<>();
    private final Map<String, Integer> assets = new LinkedHashMap<>();
    private String overview;

    @Override
    public void look() throws IOException {
      data.put("overview", UiClient.overviewWithScores(6));
      overview = UiClient.get("/train/overview").body();
      for (int layer : LAYERS) {
        data.put("layer" + layer, UiClient.json("/train/model/data/" + (layer + 1)));
      }
      for (String page : List.of("overview", "model", "system")) {
        for (String asset : assets(UiClient.get("/train/" + page).body())) {
          assets.put(asset, UiClient.get(asset).statusCode());
        }
      }
    }

    private static Set<String> assets(String page) {
      Set<String> assets = new TreeSet<>();
      Matcher matcher = Pattern.compile("\"(/assets/[^\"]+)\"").matcher(page);
      while (matcher.find()) {
        assets.add(matcher.group(1));
      }
      return assets;
    }
  }

  /** What the server shows of each iteration is what the same training without it gives. */
  @Test
  void showsScoresAndParametersOfQuantizedLayers() throws IOException {
    Shown shown = new Shown();
    InputStream realIn = System.in;
    System.setIn(new UiClient.Visitor(shown));
    ExampleRun run;
    try {
      run = ExampleRun.of(MonitorInDl4jUi::runExample, args("--port", 0));
    } finally {
      System.setIn(realIn);
    }

    assertEquals(0, run.exit, run::toString);
    assertTrue(run.out.contains("http://localhost:"), run::toString);
    assertTrue(shown.overview.contains("<title>DL4J Training UI</title>"), shown.overview);
    assertTrue(shown.assets.size() > 20, shown.assets::toString);
    shown.assets.forEach((asset, status) -> assertEquals(200, status, asset));

    Recorder expected = train();
    assertEquals(
        List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0),
        numbers(shown.data.get("overview").path("scoresIter")));
    assertClose(expected.scores, numbers(shown.data.get("overview").path("scores")));
    for (int layer : LAYERS) {
      for (String name : List.of("W", "b")) {
        assertClose(
            expected.meanMagnitudes.get(layer + "_" + name),
            numbers(shown.data.get("layer" + layer).path("meanMag").path("paramMM").path(name)));
      }
    }
  }

  /** Mean magnitudes of parameters, and scores, summed up here. */
  private static final class Recorder extends BaseTrainingListener {

    private final List<Double> scores = new ArrayList<>();
    private final Map<String, List<Double>> meanMagnitudes = new LinkedHashMap<>();

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      scores.add(model.score());
      model.paramTable().forEach(this::record);
    }

    private void record(String name, INDArray parameter) {
      double sum = 0;
      for (double value : parameter.dup().data().asDouble()) {
        sum += Math.abs(value);
      }
      meanMagnitudes.computeIfAbsent(name, key -> new ArrayList<>()).add(sum / parameter.length());
    }
  }

  private static Recorder train() throws IOException {
    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(10).recipe(recipe).width(WIDTH).configuration());
    network.init();
    Recorder recorder = new Recorder();
    network.addListeners(recipe.gradientClipping(), recorder);
    ImageData data = ImageData.read(images.resolve("cifar"), CifarFormat.CIFAR10);
    network.fit(ImageSetIterator.training(data.train(), 128, Normalization.CIFAR, 1), 2);
    return recorder;
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static void assertClose(List<Double> expected, List<Double> found) {
    assertEquals(expected.size(), found.size(), () -> expected + " " + found);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), 1e-5 * Math.abs(expected.get(i)));
    }
  }

  @Test
  void keepsSessionsInAFile() throws IOException {
    Path file = folder.resolve("stats.db");

    for (int run = 0; run < 2; run++) {
      ExampleRun result =
          ExampleRun.of(
              MonitorInDl4jUi::runExample, args("--port", 0, "--storage", file, "--exit"));
      assertEquals(0, result.exit, result::toString);
    }

    FileStatsStorage storage = new FileStatsStorage(file.toFile());
    try {
      List<String> sessions = storage.listSessionIDs();
      assertEquals(2, sessions.size());
      for (String session : sessions) {
        String worker =
            storage.listWorkerIDsForSessionAndType(session, StatsListener.TYPE_ID).get(0);
        List<Persistable> updates =
            storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, worker, 0);
        assertEquals(6, updates.size());
        assertEquals( // before each step, and at the end
            7,
            storage
                .getAllUpdatesAfter(
                    session, PersistableReport.TYPE_ID, StorageRoute.DEFAULT_WORKER, 0)
                .size());
        for (Persistable update : updates) {
          StatsReport report = (StatsReport) update;
          assertTrue(Double.isFinite(report.getScore()));
          for (int layer : LAYERS) {
            assertTrue(report.getMeanMagnitudes(StatsType.Parameters).get(layer + "_W") > 0);
            assertTrue(report.getMeanMagnitudes(StatsType.Updates).get(layer + "_W") > 0);
            assertTrue(report.getHistograms(StatsType.Parameters).containsKey(layer + "_b"));
          }
        }
      }
    } finally {
      storage.close();
    }
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path text = Files.writeString(folder.resolve("text.db"), "no database");
    ExampleRun noStorage =
        ExampleRun.of(MonitorInDl4jUi::runExample, args("--storage", text, "--exit"));
    assertEquals(1, noStorage.exit);
    assertTrue(noStorage.err.contains("error: " + text + ": expected"), noStorage::toString);
    assertEquals("no database", Files.readString(text));

    try (ServerSocket taken = new ServerSocket(0)) {
      ExampleRun noPort =
          ExampleRun.of(
              MonitorInDl4jUi::runExample, args("--port", taken.getLocalPort(), "--exit"));
      assertEquals(1, noPort.exit);
      assertTrue(
          noPort.err.contains("error: The UI cannot listen on port " + taken.getLocalPort()),
          noPort::toString);
      assertFalse(noPort.out.contains("score"), noPort::toString);
    }
  }
}
