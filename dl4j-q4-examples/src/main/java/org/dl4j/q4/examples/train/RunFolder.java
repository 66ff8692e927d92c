package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.dl4j.q4.examples.monitor.QuantizationCsv;
import org.dl4j.q4.examples.monitor.StatsFile;
import org.dl4j.q4.io.AtomicFile;
import org.dl4j.q4.io.Checkpoints;

/**
 * The folder of a run: its options, {@code metrics.csv}, checkpoints, {@code last.zip} and {@code
 * best.zip}. Every file is written whole or not at all, and in an order that a run killed at any
 * moment can be resumed from: an epoch's metrics before its checkpoint, so that a checkpoint always
 * has its metrics. One process at a time has the folder open.
 */
final class RunFolder implements AutoCloseable {

  private static final String METRICS = "metrics.csv";
  private static final String LAST = "last.zip";
  private static final String BEST = "best.zip";

  private final Path folder;
  private final FileChannel lock;
  private final Checkpoints checkpoints;
  private final MetricsFile metrics;

  /**
   * @param folder made if there is none
   * @param resume whether it may hold an earlier run
   * @throws IOException if it cannot be made, holds an earlier run that is not to be resumed, or is
   *     another process's at the moment
   */
  RunFolder(Path folder, boolean resume) throws IOException {
    Files.createDirectories(folder);
    this.folder = folder;
    this.lock = lock(folder);
    try {
      this.checkpoints = new Checkpoints(folder.resolve("checkpoints"));
      if (!resume && holdsARun()) {
        throw new IOException(
            folder.toAbsolutePath()
                + " holds an earlier run, which would be lost: --resume goes on with it; or give"
                + " --out another folder, or move or delete this one");
      }
      this.metrics = new MetricsFile(folder.resolve(METRICS));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private boolean holdsARun() throws IOException {
    return Stream.of(METRICS, OptionsFile.NAME, LAST, BEST, StatsFile.NAME, QuantizationCsv.NAME)
            .anyMatch(this::holds)
        || !checkpoints.available().isEmpty();
  }

  private boolean holds(String file) {
    return Files.exists(folder.resolve(file));
  }

  /** The system releases the lock when the process ends, however it ends. */
  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null; // held by this process
    }
    if (held == null) {
      channel.close();
      throw new IOException(
          folder.toAbsolutePath()
              + " is in use by another run: wait for it, or give --out another");
    }
    return channel;
  }

  /**
   * @param folder a run's folder
   * @return the options that it was started with, or nothing if it holds no run
   * @throws IOException if they cannot be read
   */
  static Optional<RunRecord> options(Path folder) throws IOException {
    Path file = folder.resolve(OptionsFile.NAME);
    return Files.exists(file) ? Optional.of(RunRecord.read(file)) : Optional.empty();
  }

  /**
   * @param options what the run is started with
   * @throws IOException if they cannot be written
   */
  void write(RunRecord options) throws IOException {
    options.write(folder.resolve(OptionsFile.NAME));
  }

  /**
   * Goes back to the last checkpoint, and forgets what came after it.
   *
   * @return its network, or nothing if there is no checkpoint
   * @throws IOException if a file cannot be read or is not as this class wrote it
   */
  Optional<Model> restore() throws IOException {
    Optional<Checkpoint> last = checkpoints.lastWhole();
    if (last.isEmpty()) {
      // Killed in its first epoch, a run has no more than that epoch's metrics.
      if (metrics.epochs() > 1 || holds(LAST) || holds(BEST)) {
        throw new IOException(
            folder.toAbsolutePath()
                + " holds results, but no checkpoint to go on from: bring its folder checkpoints"
                + " back, or start another --out");
      }
      metrics.keepFirst(0);
      return Optional.empty();
    }
    int epochs = last.get().getEpoch();
    metrics.keepFirst(epochs);
    // The run may have been killed between the checkpoint and these copies of it.
    copy(last.get(), epochs);
    return Optional.of(checkpoints.load(last.get()));
  }

  /**
   * Keeps an epoch's results.
   *
   * @param epoch its metrics
   * @param network as the epoch left it
   * @throws IOException if they cannot be written
   */
  void add(EpochMetrics epoch, Model network) throws IOException {
    metrics.add(epoch);
    copy(checkpoints.save(network), epoch.epoch);
  }

  private void copy(Checkpoint checkpoint, int epoch) throws IOException {
    copy(checkpoints.file(checkpoint), LAST);
    if (metrics.bestEpoch() == epoch) {
      copy(checkpoints.file(checkpoint), BEST);
    }
  }

  private void copy(Path file, String name) throws IOException {
    AtomicFile.write(
        folder.resolve(name), part -> Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING));
  }

  /**
   * @return the epochs done
   */
  MetricsFile metrics() {
    return metrics;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
