package org.dl4j.q4.examples.data.source;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.dl4j.q4.examples.data.cache.DownloadListener;

/** A progress bar for a download on standard error: megabytes, speed, time left. */
final class DownloadBar implements DownloadListener, AutoCloseable {

  private static final int COLUMNS = 110;
  private static final long MEGABYTE = 1_000_000;

  private ProgressBar bar;

  @Override
  public void begin(String name, long done, long total) {
    close();
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .startsFrom(done, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(1000)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
            .setUnit(" MB", MEGABYTE)
            .showSpeed()
            .build();
  }

  @Override
  public void received(int bytes) {
    bar.stepBy(bytes);
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
