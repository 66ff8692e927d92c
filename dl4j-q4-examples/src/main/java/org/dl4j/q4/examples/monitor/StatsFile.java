package org.dl4j.q4.examples.monitor;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.dl4j.q4.io.AtomicFile;
import org.mapdb.DBException;

/**
 * Files of Deeplearning4j's {@link FileStatsStorage}, opened with errors that say what is wrong.
 * One process at a time can have such a file open, for reading too. A file that is none is left as
 * it is.
 */
public final class StatsFile {

  /** Its name in a run's folder. */
  public static final String NAME = "stats.db";

  /** What the database appends to its file's name for what is not yet in it. */
  private static final String FIRST_LOG = ".wal.0";

  private StatsFile() {}

  /**
   * @param folder of a run
   * @return whether it has statistics
   */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /**
   * @param file made if there is none
   * @return its storage
   * @throws IOException if it cannot be made, is no such file, or is in use
   */
  public static FileStatsStorage open(Path file) throws IOException {
    return open(file, FileStatsStorage::new);
  }

  /**
   * @param place a file, or a run's folder
   * @return its storage
   * @throws IOException if there is none, or it is in use
   */
  static FileStatsStorage openExisting(Path place) throws IOException {
    if (!Files.exists(place)) {
      throw new FileNotFoundException(place + ": no such file or folder");
    }
    if (!Files.isDirectory(place)) {
      return open(place);
    }
    if (!isIn(place)) {
      throw new FileNotFoundException(
          place
              + " holds no "
              + NAME
              + ": a run has one if it is started by train --stats or --ui");
    }
    return open(place.resolve(NAME));
  }

  /** Opens or makes a file by the constructor of a storage. */
  static <S> S open(Path file, Function<File, S> storage) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    try {
      return storage.apply(file.toFile());
    } catch (DBException.FileLocked e) {
      throw new IOException(
          file
              + " is in use, and can be read by one process at a time: a training shows its own by"
              + " train --ui, from the start or with --resume",
          e);
    } catch (RuntimeException e) {
      throw new IOException(
          file
              + ": expected a file of statistics that an earlier run has written, or no file yet: "
              + e,
          e);
    }
  }

  /** A process killed while the database makes its file leaves one that cannot be opened. */
  private static void create(Path file) throws IOException {
    // Of a file that is gone, after a kill; the database would read it into the new one.
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + FIRST_LOG));
    AtomicFile.write(
        file,
        part -> {
          Files.deleteIfExists(part);
          Files.deleteIfExists(part.resolveSibling(part.getFileName() + FIRST_LOG));
          new FileStatsStorage(part.toFile()).close();
        });
  }
}
