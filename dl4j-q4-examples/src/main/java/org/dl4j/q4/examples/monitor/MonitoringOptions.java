package org.dl4j.q4.examples.monitor;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import org.dl4j.q4.ui.server.LocalUiServer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a training is watched. Nothing of it changes the training. */
public final class MonitoringOptions {

  /** The options' names: they belong to a start of a run, not to the run. */
  public static final Set<String> NAMES =
      Set.of("--stats", "--stats-every", "--ui", "--ui-wait", "--ui-port", "--ui-host");

  private static final int DEFAULT_FREQUENCY = 20;

  @Option(
      names = "--stats",
      description =
          "Keep statistics in --out: stats.db, which q4.jar monitor shows, and quantization.csv, how"
              + " each layer's 4-bit weights change. A resumed run that has them goes on with them.")
  private boolean stats;

  @Option(
      names = "--stats-every",
      paramLabel = "N",
      description =
          "Iterations from one report of the statistics to the next: 20 by default, in a resumed run"
              + " too.")
  private Integer frequency;

  @Option(
      names = "--ui",
      description =
          "Show the training in Deeplearning4j's training UI while it goes on; with --stats.")
  private boolean ui;

  @Option(
      names = "--ui-wait",
      description =
          "At the end of the training, keep the UI until Enter or the end of standard input.")
  private boolean wait;

  @Mixin private final UiOptions server = new UiOptions();

  /**
   * @throws IllegalArgumentException if a value is outside its range or has no effect, saying why
   */
  public void validate() {
    require(frequency() >= 1, "--stats-every must be at least 1", frequency());
    if (!ui) {
      require(!wait, "--ui-wait needs --ui", "none");
      require(!server.areGiven(), "--ui-port and --ui-host need --ui", "none");
    }
    server.validate();
  }

  /**
   * Starts the UI if there is to be one: before anything else, since its port may be taken.
   *
   * @param out gets its address
   * @return what watches the run
   * @throws IOException if the UI cannot listen
   */
  public RunMonitor start(PrintWriter out) throws IOException {
    return new RunMonitor(this, startUi(out), out);
  }

  /** Null without --ui. */
  private LocalUiServer startUi(PrintWriter out) throws IOException {
    return ui ? server.start(out) : null;
  }

  /** Whether a run in a folder has statistics. */
  boolean keepsStatistics(Path folder) {
    return stats || ui || StatsFile.isIn(folder);
  }

  int frequency() {
    return frequency == null ? DEFAULT_FREQUENCY : frequency;
  }

  boolean waits() {
    return wait;
  }
}
