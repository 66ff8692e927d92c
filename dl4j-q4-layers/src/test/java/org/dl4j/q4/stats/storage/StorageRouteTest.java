package org.dl4j.q4.stats.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4j.q4.stats.Q4StatsListener;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.ReportCodec;
import org.dl4j.q4.stats.StatsNetworks;
import org.dl4j.q4.stats.StatsRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageRouteTest {

  @TempDir private Path folder;

  private final List<QuantizationReport> reports = new ArrayList<>();

  /** One with listener and route on a storage beside the stock listener, in its session. */
  private Q4StatsListener beside(StatsListener stock, StatsStorage storage) {
    StatsRoute keep = reports::add;
    return Q4StatsListener.builder()
        .frequency(2)
        .route(new StorageRoute(storage, stock.getSessionID()))
        .route(keep)
        .build();
  }

  private void assertStored(StatsStorage storage, String session, int stockUpdates) {
    assertEquals(List.of(session), storage.listSessionIDs());
    assertTrue(storage.listTypeIDsForSession(session).contains(PersistableReport.TYPE_ID));
    assertTrue(storage.listTypeIDsForSession(session).contains(StatsListener.TYPE_ID));
    String worker = StorageRoute.DEFAULT_WORKER;
    assertEquals(
        List.of(worker),
        storage.listWorkerIDsForSessionAndType(session, PersistableReport.TYPE_ID));
    assertFalse(
        storage.listWorkerIDsForSessionAndType(session, StatsListener.TYPE_ID).contains(worker),
        "the stock pages do not offer it");
    List<Persistable> updates =
        storage.getAllUpdatesAfter(session, PersistableReport.TYPE_ID, worker, 0);
    assertEquals(reports.size(), updates.size());
    for (int i = 0; i < reports.size(); i++) {
      assertArrayEquals(
          ReportCodec.encode(reports.get(i)),
          ReportCodec.encode(((PersistableReport) updates.get(i)).report()));
    }
    assertEquals(
        stockUpdates,
        storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, 0).size(),
        "the stock listener's are its own");
  }

  @Test
  void inMemoryBesideTheStockListener() {
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    StatsListener stock = new StatsListener(storage, 1);
    MultiLayerNetwork network = StatsNetworks.network();
    network.setListeners(stock, beside(stock, storage));
    network.fit(StatsNetworks.batches(4), 2);

    assertEquals(5, reports.size()); // 0, 2, 4, 6, 8
    assertStored(storage, stock.getSessionID(), 8);
  }

  /** Storages list sessions by static infos, which the stock listener would have put. */
  @Test
  void aSessionWithoutTheStockListenerIsListed() throws IOException {
    FileStatsStorage storage = new FileStatsStorage(folder.resolve("alone.bin").toFile());
    MultiLayerNetwork network = StatsNetworks.network();
    Q4StatsListener listener =
        Q4StatsListener.builder().route(new StorageRoute(storage, "alone", "w")).build();
    listener.report(network);
    listener.report(network);
    assertEquals(List.of("alone"), storage.listSessionIDs());
    assertEquals(
        List.of("w"), storage.listWorkerIDsForSessionAndType("alone", PersistableReport.TYPE_ID));
    assertEquals(2, storage.getNumUpdateRecordsFor("alone"));
    storage.close();
  }

  @Test
  void inAFileThatIsOpenedAgain() throws IOException {
    ComputationGraph graph = StatsNetworks.graph();
    FileStatsStorage storage = new FileStatsStorage(folder.resolve("stats.bin").toFile());
    StatsListener stock = new StatsListener(storage, 1);
    graph.setListeners(beside(stock, storage), stock);
    graph.fit(StatsNetworks.batches(4), 1);
    assertStored(storage, stock.getSessionID(), 4);
    storage.close();

    FileStatsStorage again = new FileStatsStorage(folder.resolve("stats.bin").toFile());
    assertStored(again, stock.getSessionID(), 4);
    again.close();
  }

  private static PersistableReport persistable(Model... networks) {
    List<Persistable> updates = new ArrayList<>();
    Q4StatsListener listener =
        Q4StatsListener.builder()
            .route(
                new StorageRoute(
                    new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), updates),
                    "session ü"))
            .build();
    for (Model network : networks) {
      listener.report(network);
    }
    for (int i = 1; i < updates.size(); i++) {
      assertTrue(updates.get(i).getTimeStamp() > updates.get(i - 1).getTimeStamp(), "times differ");
    }
    return (PersistableReport) updates.get(updates.size() - 1);
  }

  private static void assertSame(PersistableReport expected, Object found) {
    assertArrayEquals(expected.encode(), ((PersistableReport) found).encode());
    assertEquals("session ü", ((Persistable) found).getSessionID());
    assertEquals("q4_1", ((Persistable) found).getWorkerID());
    assertEquals(PersistableReport.TYPE_ID, ((Persistable) found).getTypeID());
    assertEquals(expected.getTimeStamp(), ((Persistable) found).getTimeStamp());
    assertEquals(1, ((PersistableReport) found).report().network());
  }

  @Test
  void everyEncodingComesBack() throws IOException, ClassNotFoundException {
    PersistableReport report = persistable(StatsNetworks.network(), StatsNetworks.network());
    byte[] bytes = report.encode();
    assertEquals(bytes.length, report.encodingLengthBytes());

    PersistableReport ofBytes = new PersistableReport();
    ofBytes.decode(bytes);
    assertSame(report, ofBytes);

    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 3);
    report.encode(buffer);
    buffer.flip();
    PersistableReport ofBuffer = new PersistableReport();
    ofBuffer.decode(buffer);
    assertSame(report, ofBuffer);

    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    report.encode(stream);
    PersistableReport ofStream = new PersistableReport();
    ofStream.decode(new ByteArrayInputStream(stream.toByteArray()));
    assertSame(report, ofStream);

    ByteArrayOutputStream objects = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(objects)) {
      out.writeObject(report);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(objects.toByteArray()))) {
      assertSame(report, in.readObject());
    }
  }

  @Test
  void refusesOtherBytes() {
    byte[] bytes = persistable(StatsNetworks.network()).encode();
    bytes[5] = 9;
    String message =
        assertThrows(IllegalArgumentException.class, () -> new PersistableReport().decode(bytes))
            .getMessage();
    assertTrue(message.endsWith("found 51345350 in version 9"), message);
    assertThrows(IllegalArgumentException.class, () -> new PersistableReport().decode(new byte[3]));
  }
}
