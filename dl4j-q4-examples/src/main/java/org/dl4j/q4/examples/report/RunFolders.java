package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the runs that a page is of. */
final class RunFolders {

  private RunFolders() {}

  /**
   * @param folder of a run, or of folders of runs
   * @return the run in it; else those in its folders, by name
   * @throws IOException if there is none, or a run's files are not as {@code train} writes them
   */
  static List<Run> in(Path folder) throws IOException {
    if (isRun(folder)) {
      return List.of(Run.in(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder
              + ": expected the folder of a run, or of folders of runs; found "
              + (Files.exists(folder) ? "a file" : "no folder"));
    }
    List<Path> folders;
    try (Stream<Path> inside = Files.list(folder)) {
      folders = inside.filter(RunFolders::isRun).sorted().collect(Collectors.toList());
    }
    if (folders.isEmpty()) {
      throw new IOException(
          folder
              + ": expected "
              + Run.METRICS
              + ", which train writes after the first epoch, in it or in folders in it;"
              + " found none");
    }
    Run[] runs = new Run[folders.size()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = Run.in(folders.get(i));
    }
    return List.of(runs);
  }

  private static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(Run.METRICS));
  }
}
