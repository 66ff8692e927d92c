package org.dl4j.q4.examples.train;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.nio.file.Path;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.source.DataOptions;
import org.dl4j.q4.examples.model.ModelOptions;
import org.dl4j.q4.examples.monitor.MonitoringOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code train}, checked by {@link #validate()}. */
final class TrainOptions {

  @Mixin final ModelOptions model = new ModelOptions();

  @Mixin final DataOptions data = new DataOptions();

  @Option(
      names = "--recipe",
      description =
          "paper (default), or fast: one cycle of the learning rate over the run, and other"
              + " defaults of --epochs, --lr, --weight-decay, --dropout, --label-smoothing and --cutout.")
  RecipeName recipe = RecipeName.PAPER;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training images: 4 by default for drawn ones, else 150, or 20 for the"
              + " fast recipe.")
  Integer epochs;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Highest learning rate: 0.001 by default, 0.003 for the fast recipe.")
  Double learningRate;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description =
          "Share of a label that is spread over all classes: 0 by default, 0.1 for the fast recipe."
              + " train_loss is that of the labels as they are.")
  Double labelSmoothing;

  @Option(
      names = "--cutout",
      paramLabel = "PIXELS",
      description =
          "Side of a square cut out of each training image, at a random place: 0, which is none, by"
              + " default, 8 for the fast recipe.")
  Integer cutout;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Gets metrics.csv, last.zip, best.zip and checkpoints, with --stats statistics too: q4-out"
              + " by default.")
  Path out = Path.of("q4-out");

  @Option(
      names = "--resume",
      description =
          "Go on after the last checkpoint of the run in --out, or start it if there is none, with"
              + " the result of a run never interrupted. Options not given are those that the run"
              + " was started with.")
  boolean resume;

  @Mixin final MonitoringOptions monitoring = new MonitoringOptions();

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  void validate() {
    model.validate();
    data.validate();
    monitoring.validate();
    require(epochs() >= 1, "--epochs must be at least 1", epochs());
    require(
        learningRate() >= 0 && learningRate() < Double.POSITIVE_INFINITY,
        "--lr must be 0 or more",
        learningRate());
    require(
        labelSmoothing() >= 0 && labelSmoothing() < 1,
        "--label-smoothing must be from 0 to below 1",
        labelSmoothing());
    require(
        cutout() >= 0 && cutout() <= CifarFormat.IMAGE_SIZE,
        "--cutout must be from 0 to the images' " + CifarFormat.IMAGE_SIZE + " pixels",
        cutout());
  }

  /** Defaults that depend on other options become values, so that they can be kept with the run. */
  void resolveDefaults() {
    epochs = epochs();
    learningRate = learningRate();
    labelSmoothing = labelSmoothing();
    cutout = cutout();
    model.setDefaults(recipe.weightDecay, recipe.dropout);
  }

  int epochs() {
    return epochs != null ? epochs : data.isSynthetic() ? 4 : recipe.epochs;
  }

  double learningRate() {
    return learningRate != null ? learningRate : recipe.learningRate;
  }

  double labelSmoothing() {
    return labelSmoothing != null ? labelSmoothing : recipe.labelSmoothing;
  }

  int cutout() {
    return cutout != null ? cutout : recipe.cutout;
  }
}
