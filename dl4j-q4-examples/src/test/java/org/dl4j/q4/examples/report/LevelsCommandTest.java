package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4j.q4.layers.Q4DenseLayer;
import org.dl4j.q4.layers.Q4OutputLayer;
import org.dl4j.q4.quant.Granularity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** {@code report levels} of networks whose weights are set by hand. */
class LevelsCommandTest {

  /** Tenths, so that the scale is 0.1 and the codes are these; without −2, 4, 5 and 7. */
  private static final double[] CODES = {-7, -7, -6, -5, -4, -3, -1, 0, 0, 0, 1, 2, 3, 6, 6};

  private static final String HIDDEN =
      "| hidden | 3×5 | 15 | 0.1 | 11 of 15 | −2, 4, 5, 7 | 20.00 % | 2, 0 | 13 % |";

  @TempDir private Path folder;

  private final ReportRunner report = new ReportRunner();

  private static Q4DenseLayer hidden() {
    return new Q4DenseLayer.Builder().name("hidden").nIn(3).nOut(5).build();
  }

  private static Q4OutputLayer output() {
    return new Q4OutputLayer.Builder().name("output").nIn(5).nOut(2).build();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder().list().layer(hidden()).layer(output()).build());
    network.init();
    setWeights(network, "0_W", "1_W");
    return network;
  }

  private static void setWeights(Model network, String hidden, String output) {
    network.setParam(
        hidden, Nd4j.create(CODES, new long[] {3, 5}, 'c').mul(0.1).castTo(DataType.FLOAT));
    double[] ends = {0.5, -0.5, 0.5, -0.5, 0, 0, 0, 0, 0, -0.5};
    network.setParam(output, Nd4j.create(ends, new long[] {5, 2}, 'c').castTo(DataType.FLOAT));
  }

  private Path save(Model network, String name) throws IOException {
    Path file = folder.resolve(name);
    ModelSerializer.writeModel(network, file.toFile(), true);
    return file;
  }

  private List<String> levels(Object... files) throws IOException {
    Path out = folder.resolve("levels.md");
    List<Object> all = new ArrayList<>(List.of("levels", "--out", out));
    all.addAll(List.of(files));
    assertEquals(0, report.run(all.toArray()), report::err);
    return Files.readAllLines(out);
  }

  private static void assertHas(List<String> lines, String line) {
    assertTrue(lines.contains(line), () -> line + " is not in\n" + String.join("\n", lines));
  }

  @Test
  void countsTheCodesOfEachLayer() throws IOException {
    Path file = save(network(), "network.zip");

    List<String> lines = levels(file);

    assertHas(lines, "**" + file + "**");
    assertHas(lines, HIDDEN);
    assertHas(
        lines,
        "| output | 5×2 | 10 | 0.07143 | 3 of 15 | −6 to −1, 1 to 6 | 50.00 % | 3, 2 | 50 % |");
  }

  @Test
  void readsAGraph() throws IOException {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(3))
                .addLayer("hidden", hidden(), "in")
                .addLayer("output", output(), "hidden")
                .setOutputs("output")
                .build());
    graph.init();
    setWeights(graph, "hidden_W", "output_W");

    assertHas(levels(save(graph, "graph.zip")), HIDDEN);
  }

  /** Channels' largest weights 0.7 and 0.14, scales a seventh of them. */
  @Test
  void givesTheRangeOfSeveralScales() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new Q4OutputLayer.Builder()
                        .name("output")
                        .nIn(2)
                        .nOut(2)
                        .bits(2)
                        .granularity(Granularity.PER_CHANNEL)
                        .build())
                .build());
    network.init();
    network.setParam("0_W", Nd4j.createFromArray(new float[][] {{0.7f, 0.14f}, {0.7f, 0.01f}}));

    assertHas(
        levels(save(network, "channels.zip")),
        "| output | 2×2 | 4 | 2, 0.14 to 0.7 | 2 of 3 | −1 | 25.00 % | 0, 3 | 75 % |");
  }

  @Test
  void putsSeveralNetworksTogether() throws IOException {
    MultiLayerNetwork other = network();
    // A weight of code 6 becomes 7, the other −2: without 4, 5 and 6 now.
    other.getParam("0_W").putScalar(2, 3, 0.7).putScalar(2, 4, -0.2);

    List<String> lines = levels(save(network(), "one.zip"), save(other, "other.zip"));

    assertHas(lines, "**all 2 networks**");
    assertHas(lines, "| hidden | 3×5 | 2 | 11 / 11.50 / 12 | −2 (1), 4 (2), 5 (2), 6 (1), 7 (1) |");
  }

  @Test
  void refusesANetworkWithoutQuantizedLayers() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(5).build())
                .layer(new OutputLayer.Builder().nIn(5).nOut(2).build())
                .build());
    network.init();
    refuses(save(network, "float.zip"), "quantized layers, found none");
  }

  @Test
  void refusesAnythingElse() throws IOException {
    refuses(folder.resolve("nowhere.zip"), "found no file");
    refuses(Files.writeString(folder.resolve("text.zip"), "text"), "expected a saved network: ");
  }

  private void refuses(Path file, String reason) {
    assertEquals(1, report.run("levels", file));

    assertTrue(report.err().contains(file + ": expected a "), report::err);
    assertTrue(report.err().contains(reason), report::err);
  }
}
