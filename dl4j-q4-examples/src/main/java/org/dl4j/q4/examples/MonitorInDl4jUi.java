package org.dl4j.q4.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.train.PaperRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A 4-bit network in Deeplearning4j's training UI, by its own {@link StatsListener}: to it, 4-bit
 * layers are layers like any others. The parameters that it shows are the float weights.
 */
@Command(
    name = "MonitorInDl4jUi",
    description =
        "Trains a narrow VGG4bit while Deeplearning4j's training UI shows it. The UI has no"
            + " password and listens on every network interface of the machine.",
    mixinStandardHelpOptions = true)
public final class MonitorInDl4jUi implements Callable<Integer> {

  @Mixin private final ExampleImages images = new ExampleImages();

  @Option(
      names = "--epochs",
      description =
          "Passes over the images: ${DEFAULT-VALUE} by default; 0 only shows what --storage holds.")
  private int epochs = 3;

  @Option(names = "--width", description = "Factor on the channels: ${DEFAULT-VALUE} by default.")
  private double width = 0.25;

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Record every N-th iteration: ${DEFAULT-VALUE} by default.")
  private int every = 5;

  @Option(
      names = "--port",
      description = "Of the UI: ${DEFAULT-VALUE} by default; 0 takes any free one.")
  private int port = 9000;

  @Option(
      names = "--storage",
      paramLabel = "FILE",
      description =
          "Keep what is recorded in this file, beside what it holds of earlier runs; in memory by"
              + " default.")
  private Path file;

  @Option(names = "--exit", description = "End after training instead of showing it until Enter.")
  private boolean exit;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new MonitorInDl4jUi(), args);
  }

  @Override
  public Integer call() throws Exception {
    StatsStorage storage = file == null ? new InMemoryStatsStorage() : open(file);
    try {
      UIServer server = startServer();
      server.attach(storage);
      System.out.println(
          server.getAddress()
              + "/train shows the training, without a password, on every network interface of this"
              + " machine");
      if (epochs > 0) {
        train(storage);
      }
      if (!exit) {
        System.out.println("Enter or Ctrl-C ends the UI.");
        waitForEnter();
      }
    } finally {
      UIServer.stopInstance();
      storage.close();
    }
    return 0;
  }

  private static StatsStorage open(Path file) {
    try {
      return new FileStatsStorage(file.toFile());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file
              + ": expected a file that an earlier run has written, or the name of a new one in a"
              + " folder that exists: "
              + e,
          e);
    }
  }

  private UIServer startServer() {
    System.setProperty(DL4JSystemProperties.UI_SERVER_PORT_PROPERTY, String.valueOf(port));
    try {
      return UIServer.getInstance();
    } catch (DL4JException e) {
      throw new IllegalStateException(
          "The UI cannot listen on port " + port + ": give --port one that is free", e);
    }
  }

  private void train(StatsStorage storage) throws IOException {
    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(10).recipe(recipe).width(width).configuration());
    network.init();
    // In this order: the gradients that are recorded are the clipped ones.
    network.addListeners(recipe.gradientClipping(), new StatsListener(storage, every));

    ImageSet train = images.train(images.read(CifarFormat.CIFAR10));
    network.fit(ImageSetIterator.training(train, 128, Normalization.CIFAR, 1), epochs);
    System.out.printf("score of the last batch: %.4f%n", network.score());
  }

  /** At the end of input, as in the background, there is no Enter to come: Ctrl-C is left. */
  private static void waitForEnter() throws IOException, InterruptedException {
    int read;
    do {
      read = System.in.read();
    } while (read != '\n' && read >= 0);
    if (read < 0) {
      Thread.currentThread().join();
    }
  }
}
