package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.IntSummaryStatistics;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.data.source.DataOptions;
import org.dl4j.q4.examples.evaluate.Score;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.examples.monitor.RunMonitor;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.NativeBuild;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.QuantizedTensor;
import org.dl4j.q4.train.EpochSeeding;
import org.dl4j.q4.train.OneCycleSchedule;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.schedule.ScheduleType;

/** One run of {@code train}: data, network, epochs, metrics, checkpoints. */
final class TrainingRun {

  /** Share of the fast recipe's steps that warm up. */
  private static final double WARM_UP = 0.15;

  /** The fast recipe starts at this share of its highest learning rate. */
  private static final double START = 0.1;

  private final TrainOptions options;
  private final RunRecord record;
  private final PrintWriter out;

  /**
   * @param options of the run
   * @param record the same, to be kept with it
   * @param out gets a line for each epoch
   */
  TrainingRun(TrainOptions options, RunRecord record, PrintWriter out) {
    this.options = options;
    this.record = record;
    this.out = out;
  }

  void run() throws IOException {
    try (RunMonitor monitor = options.monitoring.start(out);
        RunFolder folder = new RunFolder(options.out, options.resume)) {
      run(folder, monitor);
      monitor.end(options.out);
    }
  }

  private void run(RunFolder folder, RunMonitor monitor) throws IOException {
    options.model.chooseKernels();
    NativeBuild.logOnce();
    DataOptions.Images images =
        options.data.images(options.out.resolve("synthetic"), options.model.seed());
    ImageSet train = images.train();
    ImageSet test = images.test();
    String testName = options.data.testName();
    out.printf(
        "%d training images, %d %s images, %d classes%n",
        train.size(), test.size(), testName, train.classNames().size());
    out.flush();

    check(
        record
            .with("images", ImageSet.checksum(train, test))
            .with("kernels in use", Kernels.current().name()),
        folder);
    PaperRecipe recipe = recipe(train);
    ImageNetwork network = network(folder, recipe, train.classNames().size());
    options.model.clipGradients(network, recipe);
    TrainingScoreListener trainingScore = new TrainingScoreListener();
    network.addListeners(new EpochSeeding(options.model.seed()), trainingScore);
    monitor.watch(network, options.out);
    ImageSetIterator trainIterator =
        ImageSetIterator.training(
                train,
                options.model.batch(),
                Normalization.CIFAR,
                options.model.seed(),
                lastBatch(train))
            .labelSmoothing(options.labelSmoothing())
            .cutout(options.cutout());
    trainIterator.setEpoch(network.epochCount());

    try (ProgressListener progress = new ProgressListener()) {
      network.addListeners(progress);
      for (int epoch = network.epochCount() + 1; epoch <= options.epochs(); epoch++) {
        progress.begin(epoch, options.epochs(), train.size());
        double learningRate = network.learningRate();
        long start = System.nanoTime();
        network.fit(trainIterator);
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.close();
        Score testScore = Score.of(network::output, test);
        EpochMetrics metrics =
            new EpochMetrics(
                epoch,
                learningRate,
                trainingScore.takeScore(),
                testScore,
                levels(network),
                seconds);
        folder.add(metrics, network.model());
        out.println(metrics.toText(testName));
        out.flush();
      }
    }
    int best = folder.metrics().bestEpoch();
    out.println();
    out.print(
        new SizeTable(network.layers(), options.model.bits())
            .format(testName, folder.metrics().testAccuracy(best), best));
    out.println("metrics.csv, last.zip and best.zip are in " + options.out);
    out.flush();
  }

  /** Before anything is written: what a resumed run depends on is what it was started with. */
  private void check(RunRecord now, RunFolder folder) throws IOException {
    Optional<RunRecord> before = RunFolder.options(options.out);
    if (before.isPresent()) {
      before.get().requireSame(now);
    }
    folder.write(now);
  }

  private ImageNetwork network(RunFolder folder, PaperRecipe recipe, int classes)
      throws IOException {
    Optional<Model> saved = folder.restore();
    if (saved.isEmpty()) {
      return options.model.network(classes, recipe);
    }
    ImageNetwork network = ImageNetwork.of(saved.get());
    out.printf("resuming after epoch %d of %d%n", network.epochCount(), options.epochs());
    out.flush();
    return network;
  }

  /** One image left over is no batch: batch norm has no variance of it. */
  private ImageSetIterator.LastBatch lastBatch(ImageSet train) {
    return train.size() % options.model.batch() == 1
        ? ImageSetIterator.LastBatch.DROP
        : ImageSetIterator.LastBatch.KEEP;
  }

  private PaperRecipe recipe(ImageSet train) {
    PaperRecipe recipe = options.model.recipe();
    double highest = options.learningRate();
    if (options.recipe == RecipeName.PAPER) {
      return recipe.withLearningRate(highest);
    }
    int steps =
        options.epochs() * ((train.size() + options.model.batch() - 1) / options.model.batch());
    return recipe.withLearningRate(
        new OneCycleSchedule(
            ScheduleType.ITERATION, START * highest, highest, 0, (int) (WARM_UP * steps), steps));
  }

  private static IntSummaryStatistics levels(ImageNetwork network) {
    return Stream.of(network.layers())
        .flatMap(layer -> QuantizedWeights.of(layer).values().stream())
        .mapToInt(QuantizedTensor::levelsUsed)
        .summaryStatistics();
  }
}
