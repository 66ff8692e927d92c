package org.dl4j.q4.examples.monitor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.dl4j.q4.ui.server.LocalUiServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code q4 monitor}. */
@Command(
    name = "monitor",
    description =
        "Show a run that has ended in Deeplearning4j's training UI, until Enter or Ctrl-C; in the"
            + " background, until it is stopped. A run that goes on shows itself: train --ui.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class MonitorCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "RUN",
      description =
          "The folder of a run with statistics (train --stats or --ui), or a file of Deeplearning4j's"
              + " FileStatsStorage.")
  private Path run;

  @Mixin private final UiOptions options = new UiOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      options.validate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    StatsStorage storage = StatsFile.openExisting(run);
    try {
      show(storage);
    } finally {
      storage.close();
    }
    return 0;
  }

  private void show(StatsStorage storage) throws IOException, InterruptedException {
    List<String> sessions = storage.listSessionIDs();
    if (sessions.isEmpty()) {
      throw new IOException(run + " holds no session: its run ended before its first report");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (LocalUiServer server = options.start(out)) {
      server.attach(storage);
      out.println("sessions: " + String.join(", ", sessions));
      out.println("Enter or Ctrl-C ends the UI.");
      out.flush();
      StandardInput.waitForEnter();
    }
  }
}
