package org.dl4j.q4.examples.profile;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.examples.model.ModelOptions;
import org.dl4j.q4.kernels.KernelSet;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One run of {@code profile}: a plain and a measured network that train in turns. */
final class ProfileRun {

  private static final int CLASSES = 10;
  private static final int CHANNELS = 3;
  private static final int SIZE = 32;

  private final ProfileOptions options;
  private final PrintWriter out;
  private final Random labels;
  private final StepTimes plainTimes = new StepTimes();
  private final StepTimes measuredTimes = new StepTimes();

  ProfileRun(ProfileOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.labels = new Random(options.model.seed());
  }

  void run() throws IOException {
    String before = System.getProperty(Kernels.PROPERTY);
    options.model.chooseKernels();
    Profile profile;
    String kernels;
    try {
      kernels = Kernels.current().name();
      profile = measure();
    } finally {
      restore(before);
    }
    out.printf(
        Locale.ROOT,
        "%s %s, kernels %s, width %s, batch %d: mean of %d steps after %d to warm up%n%n",
        options.model.model().name().toLowerCase(Locale.ROOT),
        options.model.precision().name().toLowerCase(Locale.ROOT),
        kernels,
        options.model.width(),
        options.model.batch(),
        options.steps,
        options.warmUp);
    out.print(profile.toText());
    if (options.csv != null) {
      Files.writeString(options.csv, profile.toCsv());
    }
    out.flush();
  }

  private static void restore(String property) {
    if (property == null) {
      System.clearProperty(Kernels.PROPERTY);
    } else {
      System.setProperty(Kernels.PROPERTY, property);
    }
  }

  private Profile measure() {
    StepClock clock = new StepClock();
    MultiLayerNetwork plain = plain(options.model);
    MultiLayerNetwork measured = measured(options.model, clock);
    for (int step = -options.warmUp; step < options.steps; step++) {
      if (step == 0) {
        clock.reset();
        plainTimes.reset();
        measuredTimes.reset();
      }
      DataSet images = images();
      if (step % 2 == 0) { // so that neither kind always comes first
        plainTimes.time(() -> plain.fit(images));
        measuredTimes.time(() -> fit(measured, clock, images));
      } else {
        measuredTimes.time(() -> fit(measured, clock, images));
        plainTimes.time(() -> plain.fit(images));
      }
    }
    return new Profile(measured, clock, measuredTimes, plainTimes);
  }

  static MultiLayerNetwork plain(ModelOptions model) {
    PaperRecipe recipe = model.recipe();
    ImageNetwork network = model.network(CLASSES, recipe);
    model.clipGradients(network, recipe);
    return (MultiLayerNetwork) network.model();
  }

  /** The same network, with the clock behind its steps. */
  static MultiLayerNetwork measured(ModelOptions model, StepClock clock) {
    KernelSet kernels = new TimedKernels(Kernels.current(), clock);
    try (Kernels.Scope scope = Kernels.use(kernels)) {
      MultiLayerNetwork network = plain(model);
      Instruments.attach(network, clock);
      return network;
    }
  }

  static void fit(MultiLayerNetwork measured, StepClock clock, DataSet images) {
    clock.begin();
    measured.fit(images);
    clock.end();
  }

  private DataSet images() {
    int batch = options.model.batch();
    INDArray hot = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      hot.putScalar(i, labels.nextInt(CLASSES), 1);
    }
    return new DataSet(Nd4j.randn(DataType.FLOAT, batch, CHANNELS, SIZE, SIZE), hot);
  }
}
