package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.train.PaperRecipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link TrainWithEarlyStopping} at tiny limits, against {@code fit} epoch by epoch. */
class TrainWithEarlyStoppingTest {

  private static final double WIDTH = 0.1;

  @TempDir private static Path images;
  @TempDir private Path out;

  @BeforeAll
  static void write() throws IOException {
    SyntheticImages.write(images.resolve("cifar"), CifarFormat.CIFAR10, 400, 200, 3);
  }

  private ExampleRun run(Object... more) {
    Object[] args = {images.resolve("cifar"), "--width", WIDTH, "--validation", 0.2, "--out", out};
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return ExampleRun.of(TrainWithEarlyStopping::runExample, all);
  }

  @Test
  void keepsTheNetworkOfTheBestEpoch() throws IOException {
    ExampleRun run = run("--max-epochs", 4, "--patience", 10);

    assertEquals(0, run.exit, run::toString);
    assertTrue(run.out.contains("stopped by MaxEpochs"), run::toString);
    List<Double> accuracies = run.numbers("validation accuracy ([0-9.]+) %");
    assertEquals(4, accuracies.size(), run::toString);
    int best = (int) run.number("best epoch (\\d+)");
    assertEquals(accuracies.indexOf(accuracies.stream().max(Double::compare).get()) + 1, best);

    MultiLayerNetwork saved = MultiLayerNetwork.load(out.resolve("bestModel.bin").toFile(), true);
    ImageData data = ImageData.read(images.resolve("cifar"), CifarFormat.CIFAR10);
    ImageSet.Split split = data.train().split(0.2, 1);
    assertEquals(
        run.number("test accuracy ([0-9.]+) %"),
        VggExamplesTest.accuracy(saved, data.test()),
        0.005);
    assertEquals(
        accuracies.get(best - 1), VggExamplesTest.accuracy(saved, split.validation()), 0.005);
    assertTrue(saved.getListeners().isEmpty());

    assertEquals(fit(split.train(), best, true).params(), saved.params());
    assertNotEquals(fit(split.train(), best, false).params(), saved.params());
  }

  /** The same network after some epochs of {@code fit}, with or without gradient clipping. */
  private static MultiLayerNetwork fit(ImageSet train, int epochs, boolean clipped) {
    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(10).recipe(recipe).width(WIDTH).configuration());
    network.init();
    if (clipped) {
      network.addListeners(recipe.gradientClipping());
    }
    network.fit(ImageSetIterator.training(train, 128, Normalization.CIFAR, 1), epochs);
    return network;
  }

  /** It stops at the first epoch that comes {@code patience} epochs after the best one. */
  @Test
  void stopsWhenNothingGetsBetter() {
    ExampleRun run = run("--max-epochs", 40, "--patience", 1);

    assertEquals(0, run.exit, run::toString);
    assertTrue(run.out.contains("stopped by ScoreImprovement"), run::toString);
    List<Double> accuracies = run.numbers("validation accuracy ([0-9.]+) %");
    assertTrue(accuracies.size() >= 2 && accuracies.size() < 40, run::toString);
    for (int i = 1; i < accuracies.size(); i++) {
      assertEquals(i == accuracies.size() - 1, accuracies.get(i) <= accuracies.get(i - 1));
    }
    assertEquals(accuracies.size() - 1, run.number("best epoch (\\d+)"));
  }

  @Test
  void saysWhatIsWrong() {
    ExampleRun fraction = run("--validation", 1);
    assertEquals(2, fraction.exit, fraction::toString); // given twice

    ExampleRun none =
        ExampleRun.of(
            TrainWithEarlyStopping::runExample, images.resolve("cifar"), "--validation", 1);
    assertEquals(1, none.exit);
    assertTrue(none.err.contains("error: Expected a fraction between 0 and 1"), none::toString);

    ExampleRun epochs = run("--max-epochs", 0);
    assertEquals(1, epochs.exit);
    assertTrue(epochs.err.contains("error: Max number of epochs"), epochs::toString);
  }
}
