package org.dl4j.q4.io;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.util.ModelSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training in a folder of their own, from which it goes on exactly:
 *
 * <pre>{@code
 * Checkpoints checkpoints = new Checkpoints(folder);
 * MultiLayerNetwork network = checkpoints.loadLastMultiLayerNetwork().orElseGet(() -> fresh());
 * network.addListeners(new EpochSeeding(seed), recipe.gradientClipping(), checkpoints.everyEpoch());
 * int done = network.getEpochCount();
 * if (done < epochs) {                             // fit refuses 0 epochs
 *   iterator.setEpoch(done);                       // whatever brings the data of epoch number done
 *   network.fit(iterator, epochs - done);
 * }
 * }</pre>
 *
 * <p>Killed at any moment and started again, such a program ends with the parameters of an
 * uninterrupted one, bit for bit, if the data of an epoch depend on its number alone, and on the
 * same machine with as many threads. A checkpoint holds parameters, the running statistics of batch
 * normalization, the updater's state, and the iterations and epochs done, from which schedules are
 * computed. It holds no listener and no random generator: listeners are added again, {@link
 * org.dl4j.q4.train.EpochSeeding} among them.
 *
 * <p>The files are those of DL4J's {@link CheckpointListener}, {@code
 * checkpoint_<number>_<type>.zip} and {@code checkpointInfo.txt}, and its static methods read them.
 * Other than it, this class writes every file whole or not at all, counts the epoch that has just
 * ended, and goes on in a folder that holds checkpoints. Should the last file be damaged, the one
 * before it is used.
 */
public final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String RECORD = "checkpointInfo.txt";
  private static final Pattern FILES =
      Pattern.compile("checkpoint_\\d+_(MultiLayerNetwork|ComputationGraph)\\.zip(\\.part)?");
  private static final int KEPT = 2;

  private final Path folder;
  private final int keepLast;

  /** Names of files that were found damaged, and are not to push out a whole one. */
  private final Set<String> damaged = new HashSet<>();

  /**
   * Keeps the last two.
   *
   * @param folder a folder for these files alone; made by the first {@link #save}
   */
  public Checkpoints(Path folder) {
    this(folder, KEPT);
  }

  /**
   * @param folder a folder for these files alone; made by the first {@link #save}
   * @param keepLast how many to keep, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public Checkpoints(Path folder, int keepLast) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keepLast must be at least 1; got " + keepLast);
    }
    this.folder = folder;
    this.keepLast = keepLast;
  }

  /**
   * @return those that there are, the last one last; {@link Checkpoint#getEpoch()} is the number of
   *     epochs done
   * @throws IOException if their record cannot be read
   */
  public List<Checkpoint> available() throws IOException {
    return recorded().stream()
        .filter(checkpoint -> Files.exists(file(checkpoint)))
        .collect(Collectors.toList());
  }

  /** Those that the record names, whether their files are there or not. */
  private List<Checkpoint> recorded() throws IOException {
    Path record = folder.resolve(RECORD);
    if (!Files.exists(record)) {
      return List.of();
    }
    try {
      return Files.readAllLines(record).stream()
          .skip(1) // the columns' names
          .map(Checkpoint::fromFileString)
          .collect(Collectors.toList());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException(record + " is not as Checkpoints or DL4J writes it", e);
    }
  }

  /**
   * @param checkpoint one of {@link #available()}
   * @return its file
   */
  public Path file(Checkpoint checkpoint) {
    return folder.resolve(checkpoint.getFilename());
  }

  /**
   * Saves a network, with its updater's state, and removes what is not to be kept.
   *
   * @param model a {@link MultiLayerNetwork} or a {@link ComputationGraph}
   * @return the checkpoint
   * @throws IOException if it cannot be written; those before it are as they were then
   */
  public Checkpoint save(Model model) throws IOException {
    return save(model, EpochCount.of(model).get());
  }

  private Checkpoint save(Model model, int epochsDone) throws IOException {
    Files.createDirectories(folder);
    List<Checkpoint> all = new ArrayList<>(recorded());
    int number = all.isEmpty() ? 0 : all.get(all.size() - 1).getCheckpointNum() + 1;
    all.removeIf(before -> damaged.contains(before.getFilename()) || !Files.exists(file(before)));
    String type = model instanceof ComputationGraph ? "ComputationGraph" : "MultiLayerNetwork";
    Checkpoint checkpoint =
        new Checkpoint(
            number,
            System.currentTimeMillis(),
            model instanceof ComputationGraph
                ? ((ComputationGraph) model).getIterationCount()
                : ((MultiLayerNetwork) model).getIterationCount(),
            epochsDone,
            type,
            "checkpoint_" + number + "_" + type + ".zip");
    try (EpochCount.Scope ignored = EpochCount.of(model).set(epochsDone)) {
      AtomicFile.write(
          file(checkpoint), part -> ModelSerializer.writeModel(model, part.toFile(), true));
    }
    all.add(checkpoint);
    List<Checkpoint> kept = all.subList(Math.max(0, all.size() - keepLast), all.size());
    AtomicFile.write(folder.resolve(RECORD), part -> Files.write(part, record(kept)));
    removeAllBut(kept);
    return checkpoint;
  }

  private static List<String> record(List<Checkpoint> checkpoints) {
    List<String> lines = new ArrayList<>(List.of(Checkpoint.getFileHeader()));
    checkpoints.forEach(checkpoint -> lines.add(checkpoint.toFileString()));
    return lines;
  }

  /** Files of killed runs, too: parts, and checkpoints that never came to stand in the record. */
  private void removeAllBut(List<Checkpoint> kept) throws IOException {
    List<String> names =
        kept.stream().map(Checkpoint::getFilename).collect(Collectors.toUnmodifiableList());
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.collect(Collectors.toList());
    }
    for (Path file : found) {
      String name = file.getFileName().toString();
      if (FILES.matcher(name).matches() && !names.contains(name)) {
        Files.delete(file);
      }
    }
  }

  /**
   * A listener that saves at the end of each epoch.
   *
   * @return to be added to the network's listeners after those that change it
   */
  public TrainingListener everyEpoch() {
    return everyEpochs(1);
  }

  /**
   * A listener that saves at the end of every so many epochs.
   *
   * @param epochs how many, at least 1
   * @return to be added to the network's listeners after those that change it
   */
  public TrainingListener everyEpochs(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1; got " + epochs);
    }
    return new BaseTrainingListener() {
      @Override
      public void onEpochEnd(Model model) {
        // DL4J counts the epoch after it has told its listeners that it is over.
        int done = EpochCount.of(model).get() + 1;
        if (done % epochs != 0) {
          return;
        }
        try {
          save(model, done);
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot save a checkpoint to " + folder, e);
        }
      }
    };
  }

  /**
   * @return the network of the last checkpoint that is whole, or nothing if there is no checkpoint
   * @throws IOException if every checkpoint is damaged
   * @throws IllegalStateException if it is a graph's
   */
  public Optional<MultiLayerNetwork> loadLastMultiLayerNetwork() throws IOException {
    return loadLast().map(model -> cast(model, MultiLayerNetwork.class));
  }

  /**
   * @return the graph of the last checkpoint that is whole, or nothing if there is no checkpoint
   * @throws IOException if every checkpoint is damaged
   * @throws IllegalStateException if it is a {@link MultiLayerNetwork}'s
   */
  public Optional<ComputationGraph> loadLastComputationGraph() throws IOException {
    return loadLast().map(model -> cast(model, ComputationGraph.class));
  }

  /**
   * @return the network of the last checkpoint that is whole, of either kind, or nothing if there
   *     is no checkpoint
   * @throws IOException if every checkpoint is damaged
   */
  public Optional<Model> loadLast() throws IOException {
    Optional<Checkpoint> last = lastWhole();
    return last.isPresent() ? Optional.of(load(last.get())) : Optional.empty();
  }

  /**
   * The last checkpoint whose file is whole. One that is damaged or missing is told in the log.
   *
   * @return nothing if there is no checkpoint
   * @throws IOException if there are checkpoints, but none is whole; or files without their record
   */
  public Optional<Checkpoint> lastWhole() throws IOException {
    List<Checkpoint> all = recorded();
    if (all.isEmpty()) {
      requireNoneWithoutRecord();
      return Optional.empty();
    }
    IOException damage = null;
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        ZipCheck.requireWhole(file(all.get(i)));
        return Optional.of(all.get(i));
      } catch (IOException e) {
        LOG.warn(
            "Checkpoint {} cannot be used ({}); trying the one before it",
            file(all.get(i)),
            e.toString());
        damaged.add(all.get(i).getFilename());
        damage = e;
      }
    }
    throw new IOException(
        "Every checkpoint in " + folder + " is damaged or missing; remove the folder to start anew",
        damage);
  }

  /** A first checkpoint may have none: the run was killed in between. */
  private void requireNoneWithoutRecord() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> later =
          files
              .filter(file -> FILES.matcher(file.getFileName().toString()).matches())
              .filter(file -> !file.getFileName().toString().startsWith("checkpoint_0_"))
              .findAny();
      if (later.isPresent()) {
        throw new IOException(
            later.get() + " is a checkpoint, but " + RECORD + ", which says of what, is missing");
      }
    }
  }

  /**
   * @param checkpoint from {@link #lastWhole()}
   * @return its network
   * @throws IOException if it cannot be read
   */
  public Model load(Checkpoint checkpoint) throws IOException {
    File file = file(checkpoint).toFile();
    return checkpoint.getModelType().equals("ComputationGraph")
        ? ModelSerializer.restoreComputationGraph(file, true)
        : ModelSerializer.restoreMultiLayerNetwork(file, true);
  }

  private <M extends Model> M cast(Model model, Class<M> type) {
    if (!type.isInstance(model)) {
      throw new IllegalStateException(
          folder
              + " holds checkpoints of a "
              + model.getClass().getSimpleName()
              + ", not of a "
              + type.getSimpleName());
    }
    return type.cast(model);
  }
}
