package org.dl4j.q4.examples.train;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** A progress bar for one epoch on standard error: images, images a second, time left, loss. */
final class ProgressListener extends BaseTrainingListener implements AutoCloseable {

  private static final int COLUMNS = 110;

  private ProgressBar bar;

  /**
   * @param epoch the epoch that begins, from 1
   * @param epochs how many there are
   * @param images images an epoch
   */
  void begin(int epoch, int epochs, long images) {
    close();
    bar =
        new ProgressBarBuilder()
            .setTaskName("epoch " + epoch + "/" + epochs)
            .setInitialMax(images)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(1000)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
            .setUnit(" images", 1)
            .showSpeed()
            .build();
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    if (bar != null) {
      bar.stepBy(model.batchSize());
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f", model.score()));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
