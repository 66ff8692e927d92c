package org.dl4j.q4.examples.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.Normalization;
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

/** {@code export --calibrate}, and what is then in the file. */
class CalibrationCommandTest {

  @TempDir private static Path folder;
  private static CalibratedFiles files;

  @BeforeAll
  static void export() throws IOException {
    files = new CalibratedFiles(folder);
  }

  /** The first training images of each class, as they are. */
  private static INDArray features(int count) {
    ImageSet train = files.drawn.train();
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
    Map<String, ActivationRange> ranges = PackedModel.read(files.calibrated).activationRanges();
    MultiLayerNetwork folded = BatchNormFolding.fold(files.network).result();
    List<INDArray> activations = folded.feedForward(features(CalibratedFiles.IMAGES), false);
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
        files.report.contains(
            "ranges of activations at "
                + ranges.size()
                + " places, from 260 training images of synthetic"),
        files.report);
  }

  @Test
  void nothingElseInTheFileChanges() throws IOException {
    PackedModel before = PackedModel.read(files.plain);
    PackedModel after = PackedModel.read(files.calibrated);
    assertTrue(before.activationRanges().isEmpty());
    assertArrayEquals(
        before.tensors().stream().map(PackedTensor::toString).toArray(),
        after.tensors().stream().map(PackedTensor::toString).toArray());
    Path stripped = folder.resolve("stripped.q4");
    after.withActivationRanges(Map.of()).write(stripped);
    assertArrayEquals(Files.readAllBytes(files.plain), Files.readAllBytes(stripped));
  }

  @Test
  void aPackedModelKeepsItsRangesUntilItIsCalibratedAgain() throws IOException {
    Path again = folder.resolve("again.q4");
    CalibratedFiles.run(0, "export", "--in", files.calibrated, "--out", again);
    assertArrayEquals(Files.readAllBytes(files.calibrated), Files.readAllBytes(again));
    CalibratedFiles.run(
        0, "export", "--in", files.calibrated, "--out", again, "--data", "synthetic");
    assertArrayEquals(Files.readAllBytes(files.calibrated), Files.readAllBytes(again));
    CalibratedFiles.run(0, "export", "--in", files.calibrated, "--out", again, "--fold");
    assertEquals(
        PackedModel.read(files.calibrated).activationRanges(),
        PackedModel.read(again).activationRanges());
    files.export(files.plain, again, CalibratedFiles.IMAGES);
    assertArrayEquals(Files.readAllBytes(files.calibrated), Files.readAllBytes(again));
    files.export(files.calibrated, again, 10);
    ActivationRange input = PackedModel.read(again).activationRanges().get("input");
    assertEquals(features(10).maxNumber().floatValue(), input.max(), 1e-6);
    assertEquals(features(10).minNumber().floatValue(), input.min(), 1e-6);
  }

  @Test
  void inspectShowsTheRanges() throws IOException {
    List<String> lines =
        CalibratedFiles.run(0, "inspect", files.calibrated).lines().collect(Collectors.toList());
    int at = lines.indexOf("activations:");
    assertTrue(at > 0, lines::toString);
    for (Map.Entry<String, ActivationRange> range :
        PackedModel.read(files.calibrated).activationRanges().entrySet()) {
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
    assertFalse(CalibratedFiles.run(0, "inspect", files.plain).contains("activations:"));
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
    List<Object> arguments = new ArrayList<>(List.of("export", "--in", files.zip, "--out", out));
    arguments.addAll(List.of(options.split(" ")));
    String text = CalibratedFiles.run(2, arguments.toArray());
    assertTrue(text.startsWith("error: " + message), text);
    assertFalse(Files.exists(out));
  }

  /** Of other images, of another type, of more images than there are. */
  @Test
  void whatCannotBeCalibratedIsNotWritten() throws IOException {
    Path out = folder.resolve("unwritten.q4");
    Object[] calibrate = {
      "export", "--out", out, "--data", "synthetic", "--data-dir", files.images
    };
    Path grey = save(network(1, DataType.FLOAT), "grey.zip");
    CalibratedFiles.assertError(
        "The network cannot be calibrated with the images of synthetic: ",
        with(calibrate, "--in", grey, "--calibrate", 10));
    Path wide = save(network(3, DataType.DOUBLE), "double.zip");
    CalibratedFiles.assertError(
        "has no operation of inference: parameters of type DOUBLE",
        with(calibrate, "--in", wide, "--calibrate", 10));
    CalibratedFiles.assertError("--engine: ", "evaluate", wide, "--engine", "floats");
    String text = CalibratedFiles.run(1, with(calibrate, "--in", files.zip, "--calibrate", 8001));
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
}
