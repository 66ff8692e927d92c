package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link TransferLearningFromFp32} at tiny limits. */
class TransferLearningFromFp32Test {

  /** Enough to learn something. */
  private static final int IMAGES = 600;

  private static final int FEW = 100;

  @TempDir private static Path drawn;
  @TempDir private Path out;

  private ExampleRun run(int images, Object... more) {
    Object[] args = {"--drawn", drawn, "--limit", images, "--epochs", 1, "--out", out};
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return ExampleRun.of(TransferLearningFromFp32::runExample, all);
  }

  private MultiLayerNetwork load(String name) throws IOException {
    return MultiLayerNetwork.load(out.resolve(name).toFile(), true);
  }

  private static ImageSet test(CifarFormat format, int images) throws IOException {
    return ImageData.synthetic(
            drawn, format, SyntheticImages.TRAIN_IMAGES, SyntheticImages.TEST_IMAGES, 1)
        .test()
        .limit(images);
  }

  @Test
  void convertsFineTunesAndReplacesTheHead() throws IOException {
    ExampleRun run = run(IMAGES, "--fp32-epochs", 5, "--new-head");

    assertEquals(0, run.exit, run::toString);
    List<Double> accuracies = run.numbers("test accuracy ([0-9.]+) %");
    assertEquals(4, accuracies.size(), run::toString);
    assertTrue(accuracies.get(0) > 20, run::toString); // guessing gives 10
    assertTrue(accuracies.get(2) > 20, run::toString);

    ImageSet test = test(CifarFormat.CIFAR10, IMAGES);
    MultiLayerNetwork fp32 = load("fp32.zip");
    assertEquals(ConvolutionLayer.class, fp32.getLayer(0).conf().getLayer().getClass());
    assertEquals(accuracies.get(0), VggExamplesTest.accuracy(fp32, test), 0.005);

    quantize(fp32);
    assertEquals(accuracies.get(1), VggExamplesTest.accuracy(fp32, test), 100.0 / IMAGES + 0.005);

    MultiLayerNetwork q4 = load("q4.zip");
    assertEquals(Q4ConvolutionLayer.class, q4.getLayer(0).conf().getLayer().getClass());
    assertEquals(accuracies.get(2), VggExamplesTest.accuracy(q4, test), 0.005);

    MultiLayerNetwork head = load("new-head.zip");
    ImageSet coarse = test(CifarFormat.CIFAR100_COARSE, IMAGES);
    assertEquals(accuracies.get(3), VggExamplesTest.accuracy(head, coarse), 0.005);
    assertArrayEquals(new long[] {128, 20}, head.getParam("5_W").shape());
    q4.paramTable()
        .forEach(
            (name, parameter) -> {
              if (!name.startsWith("5_")) {
                assertEquals(parameter, head.getParam(name), name);
              }
            });
  }

  /** Puts the paper's 4-bit values in the place of a stock network's weights. */
  private static void quantize(MultiLayerNetwork network) {
    network
        .paramTable()
        .forEach(
            (name, parameter) -> {
              if (name.endsWith("_W")) {
                quantize(parameter);
              }
            });
  }

  private static void quantize(INDArray weights) {
    float scale = (weights.amaxNumber().floatValue() + 1e-8f) / 7;
    for (long i = 0; i < weights.length(); i++) {
      double code = Math.rint(weights.getFloat(i) / scale);
      weights.putScalar(i, Math.max(-7, Math.min(7, code)) * scale);
    }
  }

  @Test
  void takesASavedNetwork() throws IOException {
    MultiLayerNetwork untrained = new MultiLayerNetwork(SwapLayersByHand.before());
    untrained.init();
    Path zip = out.resolve("mine.zip");
    NetworkFiles.save(untrained, zip);
    byte[] before = Files.readAllBytes(zip);

    ExampleRun run = run(FEW, "--from", zip);

    assertEquals(0, run.exit, run::toString);
    assertEquals(
        run.number("full precision: +test accuracy ([0-9.]+) %"),
        VggExamplesTest.accuracy(untrained, test(CifarFormat.CIFAR10, FEW)),
        0.005);
    assertNotEquals(untrained.params(), load("q4.zip").params());
    assertArrayEquals(before, Files.readAllBytes(zip));
    assertTrue(Files.notExists(out.resolve("fp32.zip")));
    assertTrue(Files.notExists(out.resolve("new-head.zip")));
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    Path none = out.resolve("none.zip");
    ExampleRun missing = run(FEW, "--from", none);
    assertEquals(1, missing.exit);
    assertTrue(missing.err.contains("error: " + none + ": expected"), missing::toString);

    Path text = Files.writeString(out.resolve("text.zip"), "not a zip");
    ExampleRun noZip = run(FEW, "--from", text);
    assertEquals(1, noZip.exit);
    assertTrue(noZip.err.contains("error: " + text + ": expected"), noZip::toString);

    MultiLayerNetwork vgg = new MultiLayerNetwork(new Vgg4bit(10).width(0.1).configuration());
    vgg.init();
    Path other = out.resolve("vgg.zip");
    NetworkFiles.save(vgg, other);
    ExampleRun otherNetwork = run(FEW, "--from", other);
    assertEquals(1, otherNetwork.exit);
    assertTrue(otherNetwork.err.contains("0_W [16, 3, 5, 5]"), otherNetwork::toString);
    assertTrue(otherNetwork.err.contains("0_W [6, 3, 3, 3]"), otherNetwork::toString);
    assertTrue(Files.notExists(out.resolve("q4.zip")));
  }
}
