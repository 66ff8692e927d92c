package org.dl4j.q4.examples;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.datasets.iterator.AsyncShieldDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.earlystopping.saver.LocalFileModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.evaluation.classification.Evaluation.Metric;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Deeplearning4j's early stopping on a 4-bit network: it trains until the accuracy on held-out
 * training images has not risen for some epochs, and gives back the network of the best epoch.
 *
 * <p>The listener that clips gradients works as in {@code fit}. The best network comes from its
 * file, and a file keeps no listeners: add them again before training it further.
 */
@Command(
    name = "TrainWithEarlyStopping",
    description =
        "Trains a narrow VGG4bit until its accuracy on validation images no longer rises.",
    mixinStandardHelpOptions = true)
public final class TrainWithEarlyStopping implements Callable<Integer> {

  @Mixin private final ExampleImages images = new ExampleImages();

  @Option(
      names = "--max-epochs",
      paramLabel = "N",
      description = "Stop after N epochs at the latest: ${DEFAULT-VALUE} by default.")
  private int maxEpochs = 20;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop when N epochs brought nothing better: ${DEFAULT-VALUE} by default.")
  private int patience = 3;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description = "Share of the training images to hold out: ${DEFAULT-VALUE} by default.")
  private double validation = 0.1;

  @Option(names = "--width", description = "Factor on the channels: ${DEFAULT-VALUE} by default.")
  private double width = 0.25;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Gets the best network, as bestModel.bin: ${DEFAULT-VALUE} by default.")
  private Path out = Path.of("q4-out", "early-stopping");

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new TrainWithEarlyStopping(), args);
  }

  @Override
  public Integer call() throws Exception {
    ImageData data = images.read(CifarFormat.CIFAR10);
    ImageSet.Split split = images.train(data).split(validation, 1);

    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(10).recipe(recipe).width(width).configuration());
    network.init();
    network.addListeners(recipe.gradientClipping());

    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(
                new MaxEpochsTerminationCondition(maxEpochs),
                new ScoreImprovementEpochTerminationCondition(patience))
            .scoreCalculator(
                new ClassificationScoreCalculator(Metric.ACCURACY, evaluation(split.validation())))
            .modelSaver(new LocalFileModelSaver(out.toFile()))
            .build();
    // The trainer's own prefetching would read ahead before the first epoch begins; how far is a
    // matter of luck, and with it the order of the images. The shield keeps it from prefetching.
    DataSetIterator train =
        new AsyncShieldDataSetIterator(
            ImageSetIterator.training(split.train(), 128, Normalization.CIFAR, 1));
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, network, train).fit();
    if (result.getTerminationReason() == TerminationReason.Error) {
      throw new IllegalStateException("Training failed: " + result.getTerminationDetails());
    }

    // Not getBestModelScore(): it is the loss of the network's last batch, which no file keeps.
    result
        .getScoreVsEpoch()
        .forEach(
            (epoch, accuracy) ->
                System.out.printf(
                    "epoch %d: validation accuracy %.2f %%%n", epoch + 1, 100 * accuracy));
    System.out.println("stopped by " + result.getTerminationDetails());
    double accuracy = result.getBestModel().evaluate(evaluation(images.test(data))).accuracy();
    System.out.printf(
        "best epoch %d: test accuracy %.2f %%%n", result.getBestModelEpoch() + 1, 100 * accuracy);
    return 0;
  }

  private static ImageSetIterator evaluation(ImageSet set) {
    return ImageSetIterator.evaluation(set, 250, Normalization.CIFAR);
  }
}
