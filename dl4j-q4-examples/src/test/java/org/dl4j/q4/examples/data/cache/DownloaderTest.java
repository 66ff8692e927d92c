package org.dl4j.q4.examples.data.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4j.q4.examples.data.ImageDataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine that does what servers and networks do. */
class DownloaderTest {
  private static final String NAME = "cifar.tar.gz";
  private static final Duration LONG = Duration.ofSeconds(60);

  /** More than one buffer of the client and of the server. */
  private static final byte[] CONTENT = new byte[300_000];

  /** Of {@link #CONTENT}, by md5sum. */
  private static final String MD5 = "b178315ab37418474f4c461bff400bf9";

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private Path target;
  private Path part;
  private ArchiveServer server;
  private final RecordingDownload listener = new RecordingDownload();

  @BeforeEach
  void serve() throws IOException {
    target = folder.resolve(NAME);
    part = folder.resolve(NAME + ".part");
    server = new ArchiveServer(CONTENT);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private PublishedArchive archive() {
    return new PublishedArchive(server.uri(NAME), CONTENT.length, MD5);
  }

  private static Downloader downloader(Duration stall) {
    return new Downloader(LONG, stall, Duration.ZERO);
  }

  private void download() throws IOException {
    downloader(LONG).download(archive(), target, listener);
  }

  private void assertDownloaded() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertFalse(Files.exists(part));
    assertEquals(listener.begins.size(), listener.ends);
  }

  private void assertNothingKept() {
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(part));
  }

  @Test
  void downloadsInOneGo() throws IOException {
    download();
    assertDownloaded();
    assertEquals(List.of("null"), server.ranges);
    assertEquals(List.of(NAME + " 0/300000"), listener.begins);
    assertEquals(300_000, listener.received);
  }

  @Test
  void resumesWhatAnEarlierRunLeft() throws IOException {
    Files.write(part, Arrays.copyOf(CONTENT, 123_456));
    download();
    assertDownloaded();
    assertEquals(List.of("bytes=123456-"), server.ranges);
    assertEquals(List.of(NAME + " 123456/300000"), listener.begins);
    assertEquals(300_000 - 123_456, listener.received);
  }

  @Test
  void asksForNothingIfAllIsThere() throws IOException {
    Files.write(part, CONTENT);
    download();
    assertDownloaded();
    assertEquals(List.of(), server.ranges);
  }

  @Test
  void goesOnWhereAConnectionBreaks() throws IOException {
    server.etag = "\"one\"";
    server.breaks.addAll(List.of(100_000, 50_000));
    download();
    assertDownloaded();
    assertEquals(List.of("null", "bytes=100000-", "bytes=150000-"), server.ranges);
    assertEquals(List.of("null", "\"one\"", "\"one\""), server.conditions);
  }

  @Test
  void beginsAnewIfTheFileHasChangedMeanwhile() throws IOException {
    server.etag = "\"new\"";
    server.breaks.add(100_000);
    HttpTransferOf transfer = new HttpTransferOf(archive());
    assertThrows(TransferException.class, transfer::run);
    server.etag = "\"newer\"";
    assertTrue(transfer.run());
    assertArrayEquals(CONTENT, Files.readAllBytes(part));
    assertEquals(List.of(NAME + " 0/300000", NAME + " 0/300000"), listener.begins);
  }

  /** One transfer by hand, so that the server can be changed between two connections. */
  private final class HttpTransferOf {
    private final HttpTransfer transfer;

    HttpTransferOf(PublishedArchive archive) {
      transfer =
          new HttpTransfer(
              HttpClient.newHttpClient(), LONG, archive, new PartFile(target), listener);
    }

    boolean run() throws IOException {
      return transfer.run();
    }
  }

  @Test
  void beginsAnewWithAServerThatKnowsNoRanges() throws IOException {
    server.ignoresRange = true;
    Files.write(part, new byte[200_000]);
    download();
    assertDownloaded();
    assertEquals(List.of("bytes=200000-"), server.ranges);
    assertEquals(List.of(NAME + " 0/300000"), listener.begins);
  }

  @Test
  void dropsAPartThatIsTooLong() throws IOException {
    Files.write(part, new byte[300_001]);
    download();
    assertDownloaded();
    assertEquals(List.of("null"), server.ranges);
  }

  @Test
  void givesUpWhereNoByteMoreComesAndKeepsThePart() throws IOException {
    server.breaks.addAll(List.of(100_000, 0, 0, 0));
    DownloadException failure = assertThrows(DownloadException.class, this::download);
    assertTrue(
        failure
            .getMessage()
            .endsWith(
                "(100000 of 300000 bytes are kept). Try again, or put the"
                    + " file by hand at "
                    + target),
        failure::getMessage);
    assertEquals(100_000, Files.size(part));
    assertFalse(Files.exists(target));

    server.breaks.clear();
    download();
    assertDownloaded();
  }

  @Test
  void givesUpAConnectionThatStalls() throws IOException {
    server.stalls = true;
    server.breaks.addAll(List.of(100_000, 0, 0));
    DownloadException failure =
        assertThrows(
            DownloadException.class,
            () -> downloader(Duration.ofMillis(400)).download(archive(), target, listener));
    assertTrue(failure.getMessage().contains("nothing has come for 0.4 s"), failure::getMessage);
    assertEquals(100_000, Files.size(part));
    assertEquals(3, server.ranges.size());
  }

  @Test
  void refusesAFileOfAnotherSizeBeforeItComes() {
    server.content = Arrays.copyOf(CONTENT, 299_999);
    assertEquals(
        server.uri(NAME) + ": expected an archive of 300000 bytes, found one of 299999",
        assertThrows(ImageDataException.class, this::download).getMessage());
    assertNothingKept();
  }

  @Test
  void aPartBeyondTheServersFileIsDroppedAndTheFileRefused() throws IOException {
    server.content = Arrays.copyOf(CONTENT, 200_000);
    Files.write(part, Arrays.copyOf(CONTENT, 250_000));
    assertEquals(
        server.uri(NAME) + ": expected an archive of 300000 bytes, found one of 200000",
        assertThrows(ImageDataException.class, this::download).getMessage());
    assertEquals(List.of("bytes=250000-", "null"), server.ranges);
    assertNothingKept();
  }

  @Test
  void refusesAFileOfAnotherMd5AndKeepsNothingOfIt() {
    server.content = CONTENT.clone();
    server.content[299_999]++;
    ImageDataException failure = assertThrows(ImageDataException.class, this::download);
    assertTrue(
        failure.getMessage().startsWith(part + ": expected MD5 " + MD5), failure::getMessage);
    assertTrue(
        failure.getMessage().contains(", found 112465509f9b3ba8f4d6a91ca1b8bc11; "),
        failure::getMessage);
    assertNothingKept();
  }

  @Test
  void aMissingFileIsSaidAtOnce() throws IOException {
    server.status = 404;
    assertEquals(
        server.uri(NAME)
            + " cannot be downloaded: the server answers with status 404. Try again, or put the"
            + " file by hand at "
            + target,
        assertThrows(DownloadException.class, this::download).getMessage());
    assertEquals(1, server.ranges.size());
    assertNothingKept();
    Files.write(part, Arrays.copyOf(CONTENT, 1000));
    server.status = 503;
    assertThrows(DownloadException.class, this::download);
    assertEquals(1000, Files.size(part));
  }

  @Test
  void aServerThatCannotBeReachedIsSaidAtOnce() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + free + "/" + NAME);
    DownloadException failure = refused(nowhere);
    assertTrue(
        failure.getMessage().startsWith(nowhere + " cannot be downloaded: "), failure::getMessage);
    assertTrue(
        failure.getMessage().endsWith(". Try again, or put the file by hand at " + target),
        failure::getMessage);
    assertFalse(failure.getMessage().contains("null"), failure::getMessage);
    assertEquals(1, failure.getMessage().lines().count());
    assertNothingKept();
  }

  /** The domain invalid is reserved: no resolver knows a host in it (RFC 6761). */
  @Test
  void anUnknownHostIsSaidAtOnce() {
    DownloadException failure = refused(URI.create("http://cifar.invalid/" + NAME));
    assertTrue(
        failure.getMessage().contains("cannot be downloaded: unknown host."), failure::getMessage);
  }

  private DownloadException refused(URI uri) {
    return assertThrows(
        DownloadException.class,
        () ->
            downloader(LONG)
                .download(new PublishedArchive(uri, CONTENT.length, MD5), target, listener));
  }

  @Test
  void goesThroughTheProxyOfTheJvm() throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(server.address()));
    try {
      URI outside = URI.create("http://cifar.invalid/" + NAME);
      downloader(LONG)
          .download(new PublishedArchive(outside, CONTENT.length, MD5), target, listener);
    } finally {
      ProxySelector.setDefault(before);
    }
    assertDownloaded();
  }
}
