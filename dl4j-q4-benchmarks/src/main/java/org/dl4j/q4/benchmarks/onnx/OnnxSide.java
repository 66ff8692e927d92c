package org.dl4j.q4.benchmarks.onnx;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.benchmarks.contenders.Contender;
import org.dl4j.q4.benchmarks.contenders.ContenderMain;
import org.dl4j.q4.benchmarks.contenders.Jars;
import org.dl4j.q4.benchmarks.contenders.Stopwatch;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.examples.model.SimpleResNet4bit;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.onnx.OnnxExport;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The paper's models at full width, trained for an epoch on images that are drawn, exported, and
 * run here and in ONNX Runtime on others. A contender whose one step is all of it.
 */
public final class OnnxSide implements Contender {

  private static final int CLASSES = 10;
  private static final int TRAINING_IMAGES = 2560;
  private static final int TEST_IMAGES = 2000;
  private static final int TRAINING_BATCH = 64;
  private static final int TEST_BATCH = 250;

  private final Path directory;

  private OnnxSide(Path directory) {
    this.directory = directory;
  }

  /**
   * @param args the directory for images, files and results
   */
  public static void main(String[] args) {
    ContenderMain.run(() -> new OnnxSide(Path.of(args[0])));
  }

  @Override
  public String description() {
    return Jars.named("(dl4j-q4-layers|deeplearning4j-nn|dnnl|onnxruntime)-\\d[^-]*(-[^-]*)?$");
  }

  @Override
  public double step() {
    return Stopwatch.milliseconds(
        () -> {
          try {
            run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
          }
        });
  }

  private void run() throws IOException, OrtException {
    ImageData data =
        ImageData.synthetic(
            directory.resolve("images"), CifarFormat.CIFAR10, TRAINING_IMAGES, TEST_IMAGES, 1);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Supplier<ImageNetwork>> entry : networks().entrySet()) {
      lines.add(compare(entry.getKey(), entry.getValue().get(), data).toLine());
    }
    Files.write(directory.resolve(OnnxReport.FILE), lines);
  }

  private Comparison compare(String name, ImageNetwork network, ImageData data)
      throws IOException, OrtException {
    network.fit(ImageSetIterator.training(data.train(), TRAINING_BATCH, Normalization.CIFAR, 1));
    Path file = directory.resolve("model.onnx");
    OnnxExport.builder().imageSize(32, 32).build().write(network.model(), file);

    Agreement agreement = new Agreement();
    try (OnnxModel onnx = new OnnxModel(file)) {
      ImageSetIterator test =
          ImageSetIterator.evaluation(data.test(), TEST_BATCH, Normalization.CIFAR);
      while (test.hasNext()) {
        INDArray images = test.next().getFeatures();
        agreement.add(network.output(images), onnx.output(images));
      }
    }
    NetworkSummary summary = NetworkSummary.of(network.model());
    return new Comparison(
        name,
        agreement.images(),
        agreement.sameTop1(),
        agreement.largestDifference(),
        Files.size(file),
        summary.packedBytes(),
        summary.floatBytes());
  }

  private static Map<String, Supplier<ImageNetwork>> networks() {
    WeightQuantization perChannel =
        WeightQuantization.PAPER.withGranularity(Granularity.PER_CHANNEL);
    Map<String, Supplier<ImageNetwork>> networks = new TreeMap<>();
    networks.put("Vgg4bit", () -> layers(new Vgg4bit(CLASSES)));
    networks.put(
        "Vgg4bit, a scale per channel",
        () -> layers(new Vgg4bit(CLASSES).quantization(perChannel)));
    networks.put(
        "Vgg4bit, graph",
        () -> graph(new ComputationGraph(new Vgg4bit(CLASSES).graphConfiguration())));
    networks.put(
        "SimpleResNet4bit",
        () -> graph(new ComputationGraph(new SimpleResNet4bit(CLASSES).graphConfiguration())));
    return networks;
  }

  private static ImageNetwork layers(Vgg4bit model) {
    MultiLayerNetwork network = new MultiLayerNetwork(model.configuration());
    network.init();
    return new ImageNetwork(network);
  }

  private static ImageNetwork graph(ComputationGraph network) {
    network.init();
    return new ImageNetwork(network);
  }
}
