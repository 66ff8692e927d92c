package org.dl4j.q4.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.examples.monitor.StandardInput;
import org.dl4j.q4.examples.monitor.StatsFile;
import org.dl4j.q4.stats.Q4StatsListener;
import org.dl4j.q4.stats.storage.StorageRoute;
import org.dl4j.q4.train.PaperRecipe;
import org.dl4j.q4.ui.server.LocalUiServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A 4-bit network in Deeplearning4j's training UI. To its own {@link StatsListener}, 4-bit layers
 * are layers like any others, and the parameters that it shows are the float weights; {@link
 * Q4StatsListener} records the codes.
 */
@Command(
    name = "MonitorInDl4jUi",
    description =
        "Trains a narrow VGG4bit while Deeplearning4j's training UI shows it. The UI has no"
            + " password; this machine alone reaches it.",
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
    StatsStorage storage = file == null ? new InMemoryStatsStorage() : StatsFile.open(file);
    try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, port)) {
      server.attach(storage);
      System.out.println(
          server.getAddress() + "/train shows the training, /quantization its 4-bit weights");
      if (epochs > 0) {
        train(storage);
      }
      if (!exit) {
        System.out.println("Enter or Ctrl-C ends the UI.");
        StandardInput.waitForEnter();
      }
    } finally {
      storage.close();
    }
    return 0;
  }

  private void train(StatsStorage storage) throws IOException {
    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(10).recipe(recipe).width(width).configuration());
    network.init();
    StatsListener stock = new StatsListener(storage, every);
    Q4StatsListener quantization =
        Q4StatsListener.builder()
            .frequency(every)
            .route(new StorageRoute(storage, stock.getSessionID()))
            .build();
    // In this order: the gradients that the stock listener records are the clipped ones.
    network.addListeners(recipe.gradientClipping(), stock, quantization);

    ImageSet train = images.train(images.read(CifarFormat.CIFAR10));
    network.fit(ImageSetIterator.training(train, 128, Normalization.CIFAR, 1), epochs);
    System.out.printf("score of the last batch: %.4f%n", network.score());
  }
}
