package org.dl4j.q4.examples.monitor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsUpdateConfiguration;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.stats.Q4StatsListener;
import org.dl4j.q4.stats.storage.StorageRoute;
import org.dl4j.q4.ui.server.LocalUiServer;

/**
 * Watches one run as its options ask: not at all, by statistics in its folder, or in the training
 * UI too.
 */
public final class RunMonitor implements AutoCloseable {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

  private final MonitoringOptions options;
  private final PrintWriter out;

  /** Null without the UI. */
  private final LocalUiServer server;

  /** Null without statistics, and before {@link #watch}. */
  private RunStorage storage;

  RunMonitor(MonitoringOptions options, LocalUiServer server, PrintWriter out) {
    this.options = options;
    this.server = server;
    this.out = out;
  }

  /**
   * Adds the listeners that are asked for to a network that is about to train, after those that
   * change its gradients.
   *
   * @param network new, or from the run's last checkpoint
   * @param folder of the run
   * @throws IOException if its files of statistics cannot be opened or written
   */
  public void watch(ImageNetwork network, Path folder) throws IOException {
    if (!options.keepsStatistics(folder)) {
      return;
    }
    storage = StatsFile.open(folder.resolve(StatsFile.NAME), RunStorage::new);
    String session = session(network, folder);
    network.addListeners(stock(session));
    if (isQuantized(network)) {
      network.addListeners(quantization(session, network.iterationCount(), folder));
    }
    if (server != null) {
      server.attach(storage);
    }
  }

  /** The run's session, which goes on, or a new one. */
  private String session(ImageNetwork network, Path folder) {
    Optional<String> before = storage.listSessionIDs().stream().max(Comparator.naturalOrder());
    if (before.isPresent()) {
      storage.forgetAfter(before.get(), network.iterationCount());
      return before.get();
    }
    String session = newSession(folder);
    if (network.iterationCount() > 0) {
      SessionStart.put(storage, session, RunStorage.WORKER, network);
    }
    return session;
  }

  /** As it stands in the UI's list and, with several sessions, in addresses. */
  private static String newSession(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return (name == null ? "run" : name.toString()).replaceAll("[^\\p{Alnum}.-]", "_")
        + "_"
        + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
  }

  /** Without the two kinds of histograms that no page shows: activations are the largest arrays. */
  private TrainingListener stock(String session) {
    StatsUpdateConfiguration figures =
        new DefaultStatsUpdateConfiguration.Builder()
            .reportingFrequency(options.frequency())
            .collectHistogramsActivations(false)
            .collectHistogramsGradients(false)
            .build();
    return new StatsListener(storage, null, figures, session, RunStorage.WORKER);
  }

  private TrainingListener quantization(String session, int iterations, Path folder)
      throws IOException {
    return Q4StatsListener.builder()
        .frequency(options.frequency())
        .route(new StorageRoute(storage, session))
        .route(QuantizationCsv.goOn(folder.resolve(QuantizationCsv.NAME), iterations))
        .build();
  }

  private static boolean isQuantized(ImageNetwork network) {
    return Stream.of(network.layers()).anyMatch(layer -> !QuantizedWeights.floats(layer).isEmpty());
  }

  /**
   * Says how to see the run again, and waits for Enter if that is asked for.
   *
   * @param folder of the run
   * @throws IOException if standard input cannot be read
   */
  public void end(Path folder) throws IOException {
    if (storage == null) {
      return;
    }
    out.println("q4.jar monitor " + folder + " shows the run in the training UI");
    if (server != null && options.waits()) {
      out.println("Enter or Ctrl-C ends the UI.");
      out.flush();
      StandardInput.readLine();
    }
    out.flush();
  }

  /** Ends the UI, then closes what it reads. */
  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      if (storage != null) {
        storage.close();
      }
    }
  }
}
