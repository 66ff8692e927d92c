package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;

/** {@link TrainVggOnCifar10} and {@link TrainVggOnCifar100} on a narrow network and few images. */
class VggExamplesTest {

  private static final int LIMIT = 2000;

  @TempDir private static Path drawn;
  @TempDir private Path folder;

  /** On images it draws, three epochs teach it several times what guessing would give. */
  @ParameterizedTest
  @MethodSource("examples")
  void learnsDrawnImagesAndSaves(
      ToIntFunction<String[]> example, List<String> options, CifarFormat format)
      throws IOException {
    Path zip = folder.resolve("new").resolve("vgg.zip");
    Object[] limits = {
      "--drawn", drawn, "--limit", LIMIT, "--epochs", 3, "--width", 0.25, "--save", zip
    };

    ExampleRun run =
        ExampleRun.of(example, Stream.concat(options.stream(), Stream.of(limits)).toArray());

    assertEquals(0, run.exit, run::toString);
    List<Double> accuracies = run.numbers("epoch \\d: test accuracy ([0-9.]+) %");
    assertEquals(3, accuracies.size(), run::toString);
    double chance = 100.0 / format.classCount();
    assertTrue(accuracies.get(2) > 3 * chance, run::toString);
    for (double amongFive : run.numbers("five likeliest ([0-9.]+) %")) {
      assertTrue(amongFive > 3 * chance && amongFive <= 100, run::toString);
    }

    MultiLayerNetwork network = MultiLayerNetwork.load(zip.toFile(), true);
    assertEquals(3, network.getEpochCount());
    assertEquals(3 * 16, network.getIterationCount()); // 2000 images are 16 batches
    assertEquals(accuracies.get(2), accuracy(network, drawnTestImages(format)), 0.005);
    assertArrayEquals(new String[] {"vgg.zip"}, zip.getParent().toFile().list());
  }

  static Stream<Arguments> examples() {
    ToIntFunction<String[]> cifar10 = TrainVggOnCifar10::runExample;
    ToIntFunction<String[]> cifar100 = TrainVggOnCifar100::runExample;
    return Stream.of(
        Arguments.of(cifar10, List.of(), CifarFormat.CIFAR10),
        Arguments.of(cifar100, List.of(), CifarFormat.CIFAR100_FINE),
        Arguments.of(cifar100, List.of("--coarse"), CifarFormat.CIFAR100_COARSE));
  }

  private static ImageSet drawnTestImages(CifarFormat format) throws IOException {
    return ImageData.synthetic(
            drawn, format, SyntheticImages.TRAIN_IMAGES, SyntheticImages.TEST_IMAGES, 1)
        .test();
  }

  /** In percent, counted here. */
  static double accuracy(MultiLayerNetwork network, ImageSet images) {
    ImageSetIterator batches = ImageSetIterator.evaluation(images, 500, Normalization.CIFAR);
    int right = 0;
    while (batches.hasNext()) {
      DataSet batch = batches.next();
      int[] expected = batch.getLabels().argMax(1).toIntVector();
      int[] found = network.predict(batch.getFeatures());
      for (int i = 0; i < found.length; i++) {
        right += found[i] == expected[i] ? 1 : 0;
      }
    }
    return 100.0 * right / images.size();
  }

  /** A folder in place of drawn images. */
  @Test
  void readsAFolder() throws IOException {
    Path images = folder.resolve("cifar");
    SyntheticImages.write(images, CifarFormat.CIFAR10, 40, 20, 3);
    Path zip = folder.resolve("vgg.zip");

    ExampleRun run =
        ExampleRun.of(
            TrainVggOnCifar10::runExample,
            images,
            "--epochs",
            1,
            "--width",
            0.1,
            "--save",
            zip,
            "--drawn",
            folder.resolve("unused"));

    assertEquals(0, run.exit, run::toString);
    MultiLayerNetwork network = MultiLayerNetwork.load(zip.toFile(), true);
    double printed = run.number("test accuracy ([0-9.]+) %");
    assertEquals(
        printed, accuracy(network, ImageData.read(images, CifarFormat.CIFAR10).test()), 0.005);
    assertTrue(Files.notExists(folder.resolve("unused")));
  }

  @Test
  void saysWhatIsWrongWithTheImages() throws IOException {
    Path images = folder.resolve("cifar");
    SyntheticImages.write(images, CifarFormat.CIFAR10, 10, 10, 3);

    ExampleRun wrongKind = ExampleRun.of(TrainVggOnCifar100::runExample, images);
    assertEquals(1, wrongKind.exit);
    assertTrue(wrongKind.err.contains("error: " + images), wrongKind::toString);
    assertTrue(wrongKind.err.contains("train.bin"), wrongKind::toString);
    assertTrue(!wrongKind.err.contains("\tat "), wrongKind::toString);

    ExampleRun none = ExampleRun.of(TrainVggOnCifar10::runExample, folder.resolve("none"));
    assertEquals(1, none.exit);
    assertTrue(none.err.contains("found nothing"), none::toString);

    ExampleRun limit = ExampleRun.of(TrainVggOnCifar10::runExample, images, "--limit", 11);
    assertEquals(1, limit.exit);
    assertTrue(limit.err.contains("found 11"), limit::toString);
  }
}
