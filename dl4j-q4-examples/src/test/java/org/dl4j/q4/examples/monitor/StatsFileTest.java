package org.dl4j.q4.examples.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsInitializationReport;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsFileTest {

  @TempDir private Path folder;

  /** In a folder that is not there yet, too. */
  @Test
  void madeKeptAndOpenedAgain() throws IOException {
    Path file = folder.resolve("new").resolve("stats.db");
    StatsInitializationReport session = new SbeStatsInitializationReport();
    session.reportIDs("session", StatsListener.TYPE_ID, "worker", 1);

    StatsStorage storage = StatsFile.open(file);
    storage.putStaticInfo(session);
    storage.close();

    StatsStorage again = StatsFile.openExisting(file.getParent());
    assertEquals(List.of("session"), again.listSessionIDs());
    again.close();
  }

  /** A run was killed, and its file deleted, but not the file's log. */
  @Test
  void theLogOfAnEarlierFileIsNotReadIntoANewOne() throws IOException {
    Files.writeString(folder.resolve("stats.db.wal.0"), "part of a log");

    StatsStorage storage = StatsFile.open(folder.resolve("stats.db"));

    assertEquals(List.of(), storage.listSessionIDs());
    storage.close();
  }

  /** A process was killed while it made the file. */
  @Test
  void whatAKillLeftIsReplaced() throws IOException {
    Files.writeString(folder.resolve("stats.db.part"), "");
    Files.writeString(folder.resolve("stats.db.part.wal.0"), "part of a log");

    StatsFile.open(folder.resolve("stats.db")).close();

    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("stats.db"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toList()));
    }
  }
}
