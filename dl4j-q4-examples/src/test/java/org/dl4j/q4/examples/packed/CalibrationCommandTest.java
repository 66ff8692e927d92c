package org.dl4j.q4.examples.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.evaluate.Score;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.packed.PackedTensor;
import org.dl4j.q4.quant.ActivationRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code export --calibrate}, and the commands that then compute with an engine. */
class CalibrationCommandTest {

  private static final int IMAGES = 260; // more than a batch of 250

  @TempDir private static Path folder;
  private static Path images;
  private static Path zip;
  private static Path plain;
  private static Path calibrated;
  private static String report;
  private static MultiLayerNetwork network;
  private static ImageData drawn;

  private static String run(int exit, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(exit, run.exitCode(), run::text);
    return run.text();
  }

  private static List<String> evaluate(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("evaluate", "--data-dir", images));
    all.addAll(List.of("--test-limit", 200));
    all.addAll(List.of(arguments));
    return run(0, all.toArray()).lines().collect(Collectors.toList());
  }

  private static double loss(List<String> lines) {
    return Double.parseDouble(lines.get(1).substring("loss ".length()));
  }

  @BeforeAll
  static void export() throws IOException {
    images = folder.resolve("images");
    drawn =
        ImageData.synthetic(
            images,
            CifarFormat.CIFAR10,
            SyntheticImages.TRAIN_IMAGES,
            SyntheticImages.TEST_IMAGES,
            1);
    zip = folder.resolve("model.zip");
    plain = folder.resolve("plain.q4");
    calibrated = folder.resolve("calibrated.q4");
    network = new MultiLayerNetwork(new Vgg4bit(10).width(0.1).configuration());
    network.init();
    network.feedForward(Nd4j.rand(DataType.FLOAT, 8, 3, 32, 32), true); // batch norm's statistics
    network.save(zip.toFile(), false);
    run(0, "export", "--in", zip, "--out", plain, "--data", "synthetic");
    report = export(zip, calibrated, IMAGES);
  }

  private static String export(Path in, Path out, int count) {
    return run(
        0,
        "export",
        "--in",
        in,
        "--out",
        out,
        "--data",
        "synthetic",
        "--data-dir",
        images,
        "--calibrate",
        count);
  }

  /** The first training images of each class, as they are. */
  private static INDArray features(int count) {
    ImageSet train = drawn.train();
    int[] left = new int[10];
    IntStream.range(0, 10).forEach(c -> left[c] = count / 10);
    float[] values = new float[count * 3 * 1024];
    int at = 0;
    for (int i = 0; i < train.size(); i++) {
      if (left[train.label(i)]-- > 0) {
        byte[] pixels = train.pixels(i);
        for (int p = 0; p < pixels.length; p++) {
          float mean = Normalization.CIFAR.mean()[p / 1024];
          float deviation = Normalization.CIFAR.std()[p / 1024];
          values[at++] = (Byte.toUnsignedInt(pixels[p]) / 255f - mean) / deviation;
        }
      }
    }
    assertEquals(values.length, at);
    return Nd4j.create(values, new long[] {count, 3, 32, 32}, DataType.FLOAT);
  }

  @Test
  void theRangesAreThoseOfTheFirstTrainingImages() throws IOException {
    Map<String, ActivationRange> ranges = PackedModel.read(calibrated).activationRanges();
    MultiLayerNetwork folded = BatchNormFolding.fold(network).result();
    List<INDArray> activations = folded.feedForward(features(IMAGES), false);
    assertEquals(activations.size(), ranges.size());
    int i = 0;
    for (Map.Entry<String, ActivationRange> range : ranges.entrySet()) {
      String name = i == 0 ? "input" : folded.getLayer(i - 1).conf().getLayer().getLayerName();
      assertEquals(name, range.getKey());
      double min = activations.get(i).minNumber().doubleValue();
      double max = activations.get(i).maxNumber().doubleValue();
      double rounding = 1e-4 * (max - min);
      assertEquals(min, range.getValue().min(), rounding, name);
      assertEquals(max, range.getValue().max(), rounding, name);
      i++;
    }
    assertTrue(
        report.contains(
            "ranges of activations at "
                + ranges.size()
                + " places, from 260 training images of synthetic"),
        report);
  }

  @Test
  void nothingElseInTheFileChanges() throws IOException {
    PackedModel before = PackedModel.read(plain);
    PackedModel after = PackedModel.read(calibrated);
    assertTrue(before.activationRanges().isEmpty());
    assertArrayEquals(
        before.tensors().stream().map(PackedTensor::toString).toArray(),
        after.tensors().stream().map(PackedTensor::toString).toArray());
    Path stripped = folder.resolve("stripped.q4");
    after.withActivationRanges(Map.of()).write(stripped);
    assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(stripped));
  }

  @Test
  void aPackedModelKeepsItsRangesUntilItIsCalibratedAgain() throws IOException {
    Path again = folder.resolve("again.q4");
    run(0, "export", "--in", calibrated, "--out", again);
    assertArrayEquals(Files.readAllBytes(calibrated), Files.readAllBytes(again));
    run(0, "export", "--in", calibrated, "--out", again, "--data", "synthetic");
    assertArrayEquals(Files.readAllBytes(calibrated), Files.readAllBytes(again));
    run(0, "export", "--in", calibrated, "--out", again, "--fold");
    assertEquals(
        PackedModel.read(calibrated).activationRanges(),
        PackedModel.read(again).activationRanges());
    export(plain, again, IMAGES);
    assertArrayEquals(Files.readAllBytes(calibrated), Files.readAllBytes(again));
    export(calibrated, again, 10);
    ActivationRange input = PackedModel.read(again).activationRanges().get("input");
    assertEquals(features(10).maxNumber().floatValue(), input.max(), 1e-6);
    assertEquals(features(10).minNumber().floatValue(), input.min(), 1e-6);
  }

  @Test
  void inspectShowsTheRanges() throws IOException {
    List<String> lines = run(0, "inspect", calibrated).lines().collect(Collectors.toList());
    int at = lines.indexOf("activations:");
    assertTrue(at > 0, lines::toString);
    for (Map.Entry<String, ActivationRange> range :
        PackedModel.read(calibrated).activationRanges().entrySet()) {
      assertEquals(
          String.format(
              Locale.ROOT,
              "  %s from %.6g to %.6g",
              range.getKey(),
              range.getValue().min(),
              range.getValue().max()),
          lines.get(++at));
    }
    assertEquals("", lines.get(at + 1));
    assertFalse(run(0, "inspect", plain).contains("activations:"));
  }

  @Test
  void evaluateSaysWhatRanAndFindsWhatTheEngineFinds() throws IOException {
    List<String> byNetwork = evaluate(calibrated);
    assertEquals(
        "200 test images of synthetic, on " + Kernels.current().name() + " kernels",
        byNetwork.get(0));

    List<String> floats = evaluate(calibrated, "--engine", "floats");
    assertTrue(
        floats
            .get(0)
            .matches(".* synthetic, on oneDNN .*, 0 of 8 layers with integers, weights packed"),
        floats::toString);
    assertEquals(loss(byNetwork), loss(floats), 1e-3);
    assertEquals(byNetwork.get(2), floats.get(2));
    assertEquals(floats, evaluate(zip, "--engine", "floats"));

    List<String> integers = evaluate(calibrated, "--engine", "integers");
    assertTrue(
        integers.get(0).matches(".* on oneDNN .*, 8 of 8 layers with integers, weights packed"),
        integers::toString);
    Score expected;
    try (InferenceEngine engine =
        InferenceEngine.builder(PackedModel.read(calibrated)).integers().build()) {
      expected = Score.of(engine::output, drawn.test().limit(200));
    }
    assertEquals(
        List.of(
            String.format(Locale.ROOT, "loss %.4f", expected.loss()),
            String.format(Locale.ROOT, "accuracy %.2f", expected.accuracy())),
        integers.subList(1, 3));
    assertEquals(loss(byNetwork), loss(integers), 0.05);
    List<String> unpacked = evaluate(calibrated, "--engine", "integers", "--weights", "unpacked");
    assertTrue(unpacked.get(0).endsWith(" 8 of 8 layers with integers, weights unpacked"));
    assertEquals(integers.subList(1, 3), unpacked.subList(1, 3));
  }

  @Test
  void classifySaysWhatRan() throws IOException {
    Path image = folder.resolve("image.png");
    assertTrue(
        ImageIO.write(
            new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile()));
    List<String> byNetwork =
        run(0, "classify", calibrated, image).lines().collect(Collectors.toList());
    List<String> integers =
        run(0, "classify", "--engine", "integers", calibrated, image)
            .lines()
            .collect(Collectors.toList());
    assertTrue(integers.get(0).matches("on oneDNN .*, 8 of 8 layers with integers, .*"));
    assertEquals(image.toString(), integers.get(1));
    assertEquals(percent(byNetwork.get(1)), percent(integers.get(2)), 3);
    assertError(
        "found none; 'q4.jar export --calibrate'",
        "classify",
        "--engine",
        "integers",
        plain,
        image);
  }

  private static double percent(String line) {
    return Double.parseDouble(line.substring(0, line.indexOf('%')));
  }

  @Test
  void explainsWhatIsMissing() {
    String message =
        ": expected a packed model with ranges of activations for --engine integers, found none;"
            + " 'q4.jar export --calibrate' measures them";
    assertError(plain + message, "evaluate", plain, "--engine", "integers");
    assertError(zip + message, "evaluate", zip, "--engine", "integers");
  }

  @ParameterizedTest
  @CsvSource({
    "--calibrate=10, '--calibrate needs --data, the images to calibrate with'",
    "--calibrate=0 --data=synthetic, --calibrate must be at least 1 image; got 0",
    "--data-dir=images, --data-dir needs --calibrate",
    "--download --data=cifar10, --download needs --calibrate",
    "--seed=2, --seed needs --calibrate",
    "--calibrate=5 --data=cifar10 --coarse, --coarse needs --data cifar100 or synthetic100"
  })
  void explainsWrongOptions(String options, String message) {
    Path out = folder.resolve("wrong.q4");
    List<Object> arguments = new ArrayList<>(List.of("export", "--in", zip, "--out", out));
    arguments.addAll(List.of(options.split(" ")));
    String text = run(2, arguments.toArray());
    assertTrue(text.startsWith("error: " + message), text);
    assertFalse(Files.exists(out));
    assertTrue(run(2, "evaluate", plain, "--weights", "packed").contains("needs --engine"));
  }

  /** Of another activation function, and of other images. */
  @Test
  void whatCannotBeCalibratedIsNotWritten() throws IOException {
    Path out = folder.resolve("unwritten.q4");
    Object[] calibrate = {"export", "--out", out, "--data", "synthetic", "--data-dir", images};
    Path grey = save(network(1, DataType.FLOAT), "grey.zip");
    assertError(
        "The network cannot be calibrated with the images of synthetic: ",
        with(calibrate, "--in", grey, "--calibrate", 10));
    Path wide = save(network(3, DataType.DOUBLE), "double.zip");
    assertError(
        "has no operation of inference: parameters of type DOUBLE",
        with(calibrate, "--in", wide, "--calibrate", 10));
    assertError("--engine: ", "evaluate", wide, "--engine", "floats");
    String text = run(1, with(calibrate, "--in", zip, "--calibrate", 8001));
    assertEquals(
        "error: --calibrate 8001: Expected a limit from 1 to the 8000 images of the set, found 8001",
        text.strip());
    assertFalse(Files.exists(out));
  }

  private static Object[] with(Object[] some, Object... more) {
    List<Object> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static MultiLayerNetwork network(int channels, DataType type) {
    MultiLayerNetwork made =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(32, 32, channels))
                .build());
    made.init();
    return made;
  }

  private static Path save(MultiLayerNetwork made, String name) throws IOException {
    Path file = folder.resolve(name);
    made.save(file.toFile(), false);
    return file;
  }

  private static void assertError(String part, Object... arguments) {
    String text = run(2, arguments).strip();
    assertTrue(text.startsWith("error: ") && text.contains(part), text);
    assertEquals(1, text.lines().count(), text);
  }
}
