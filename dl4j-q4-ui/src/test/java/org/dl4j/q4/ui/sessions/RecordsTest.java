package org.dl4j.q4.ui.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.stats.storage.PersistableReport;
import org.dl4j.q4.ui.StoredReports;
import org.dl4j.q4.ui.StoredReports.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

  @TempDir private Path folder;

  /** Of worker a at the times 10, 20, … 100, of worker b at 7; one of another listener. */
  private static void fill(StatsStorage storage) {
    for (int i = 10; i >= 1; i--) {
      StoredReports.put(
          storage, StoredReports.report("s", "a", 10L * i, i, new Layer("l", "W", 1, 2, 3)));
    }
    StoredReports.put(storage, StoredReports.report("s", "b", 7, 0, new Layer("l", "W", 1, 2, 3)));
    StoredReports.putScore(storage, "s", "c", 5, 0, 0.5);
  }

  private static <T extends Persistable> Records<T> records(
      StatsStorage storage, String type, Class<T> kind) {
    AttachedStorages storages = new AttachedStorages();
    storages.attach(storage);
    return storages.records("s", type, kind).orElseThrow();
  }

  private static List<Integer> iterations(Batch<PersistableReport> batch) {
    return batch.records().stream()
        .map(record -> record.report().iteration())
        .collect(Collectors.toList());
  }

  private static void check(StatsStorage storage) {
    Records<PersistableReport> records =
        records(storage, PersistableReport.TYPE_ID, PersistableReport.class);
    assertEquals(List.of("a", "b"), records.workers());
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        iterations(records.after("a", Long.MIN_VALUE, 100)));
    assertEquals(List.of(9, 10), iterations(records.after("a", 80, 100)));
    assertEquals(List.of(), iterations(records.after("a", 100, 100)));
    Batch<PersistableReport> thinned = records.after("a", 0, 4);
    assertEquals(List.of(1, 4, 7, 10), iterations(thinned));
    assertEquals(10, thinned.stored());
    assertEquals(10, records.latest("a").orElseThrow().report().iteration());
    assertTrue(records.latest("unknown").isEmpty());
    assertEquals(List.of(), iterations(records.after("unknown", 0, 4)));
    Records<StatsReport> stock = records(storage, StatsListener.TYPE_ID, StatsReport.class);
    assertEquals(0.5, stock.after("c", 0, 9).records().get(0).getScore(), 0);
  }

  @Test
  void inMemory() {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    fill(storage);
    check(storage);
  }

  @Test
  void inAFileThatIsOpenedAgain() throws IOException {
    FileStatsStorage storage = new FileStatsStorage(folder.resolve("stats").toFile());
    fill(storage);
    check(storage);
    storage.close();
    FileStatsStorage again = new FileStatsStorage(folder.resolve("stats").toFile());
    check(again);
    again.close();
  }

  @Test
  void storagesThatAreClosedAreNoneAnyMore() throws IOException {
    FileStatsStorage file = new FileStatsStorage(folder.resolve("stats").toFile());
    fill(file);
    InMemoryStatsStorage memory = new InMemoryStatsStorage();
    AttachedStorages storages = new AttachedStorages();
    storages.attach(memory);
    storages.attach(file);
    assertEquals(List.of("s"), storages.sessions());
    assertTrue(has(storages, "s"));
    assertFalse(has(storages, "t"));

    file.close();
    assertEquals(List.of(), storages.sessions());
    assertFalse(has(storages, "s"));

    fill(memory);
    assertTrue(has(storages, "s"));
    storages.detach(memory);
    assertFalse(has(storages, "s"));
    assertEquals(List.of(), memory.getListeners());
  }

  private static boolean has(AttachedStorages storages, String session) {
    return storages
        .records(session, PersistableReport.TYPE_ID, PersistableReport.class)
        .isPresent();
  }

  /** Of a storage that is written to while its times are read. */
  @Test
  void noRecordIsMissed() throws InterruptedException {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    fill(storage);
    AttachedStorages storages = new AttachedStorages();
    storages.attach(storage);
    Thread writer =
        new Thread(
            () -> {
              for (int i = 1; i <= 5000; i++) {
                StoredReports.put(
                    storage, StoredReports.report("s", "a", 1000 + i, i, new Layer("l", "W", 1)));
              }
            });
    writer.start();
    int before = 0;
    while (writer.isAlive()) {
      int now =
          storages
              .records("s", PersistableReport.TYPE_ID, PersistableReport.class)
              .orElseThrow()
              .times("a")
              .size();
      assertTrue(now >= before);
      before = now;
    }
    writer.join();
    assertEquals(
        5010,
        storages
            .records("s", PersistableReport.TYPE_ID, PersistableReport.class)
            .orElseThrow()
            .times("a")
            .size());
  }
}
