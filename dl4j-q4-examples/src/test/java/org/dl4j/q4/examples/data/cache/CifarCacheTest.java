package org.dl4j.q4.examples.data.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.common.resources.DL4JResources;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarCacheTest {
  private static final CifarFormat FORMAT = CifarFormat.CIFAR10;

  @TempDir Path scratch;
  private Path data;
  private byte[] archive;
  private ArchiveServer server;
  private CifarCache cache;
  private final RecordingDownload listener = new RecordingDownload();

  @BeforeEach
  void serve() throws IOException {
    archive = Archives.synthetic(scratch, FORMAT, 20, 10, 1);
    server = new ArchiveServer(archive);
    cache = TestCaches.cache(scratch.resolve("base"), server, archive);
    data = scratch.resolve("base/data");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void assertSynthetic(Path folder) throws IOException {
    ImageData expected = ImageData.synthetic(scratch, FORMAT, 20, 10, 1);
    ImageData found = ImageData.read(folder, FORMAT);
    assertEquals(expected.train().classNames(), found.train().classNames());
    assertEquals(20, found.train().size());
    for (int i = 0; i < 20; i++) {
      assertEquals(expected.train().label(i), found.train().label(i));
      assertArrayEquals(expected.train().pixels(i), found.train().pixels(i));
    }
    assertEquals(10, found.test().size());
    assertArrayEquals(expected.test().pixels(9), found.test().pixels(9));
  }

  @Test
  void findsNothingInAnEmptyCacheAndMakesNothing() throws IOException {
    assertEquals(Optional.empty(), cache.find(FORMAT));
    assertFalse(Files.exists(data));
    assertEquals(
        List.of(
            data.resolve("cifar-10-batches-bin"),
            data.resolve("cifar-10-binary.tar.gz"),
            data.resolve("cifar10")),
        cache.places(FORMAT));
    assertEquals(List.of(), server.ranges);
  }

  @Test
  void downloadsChecksAndUnpacksOnce() throws IOException {
    Path folder = cache.download(FORMAT, listener);
    assertEquals(data.resolve("cifar-10-batches-bin"), folder);
    assertSynthetic(folder);
    assertEquals(Optional.of(folder), cache.find(FORMAT));
    assertEquals(folder, cache.download(FORMAT, listener));
    assertEquals(1, server.ranges.size());
    assertNothingTemporary();
  }

  private void assertNothingTemporary() {
    String[] names =
        data.toFile().list((dir, name) -> name.contains("part") || name.contains("partial"));
    assertArrayEquals(new String[0], names);
  }

  @Test
  void anArchivePutThereByHandIsCheckedAndUnpacked() throws IOException {
    Files.createDirectories(data);
    Files.write(cache.archive(FORMAT), archive);
    Path folder = cache.find(FORMAT).orElseThrow();
    assertEquals(data.resolve("cifar-10-batches-bin"), folder);
    assertSynthetic(folder);
    assertEquals(List.of(), server.ranges);
  }

  @Test
  void anotherFileOfTheArchivesNameIsRefusedAndKept() throws IOException {
    Files.createDirectories(data);
    Files.write(cache.archive(FORMAT), new byte[archive.length]);
    for (int i = 0; i < 2; i++) {
      ImageDataException failure = assertThrows(ImageDataException.class, () -> cache.find(FORMAT));
      assertTrue(failure.getMessage().contains("expected MD5"), failure::getMessage);
      assertTrue(failure.getMessage().contains("Delete or move this file"), failure::getMessage);
    }
    assertThrows(ImageDataException.class, () -> cache.download(FORMAT, listener));
    assertTrue(Files.exists(cache.archive(FORMAT)));
    Files.createDirectories(data.resolve("cifar10/train"));
    Files.createDirectories(data.resolve("cifar10/test"));
    assertThrows(ImageDataException.class, () -> cache.find(FORMAT));
    Files.move(cache.archive(FORMAT), data.resolve("moved"));
    assertEquals(Optional.of(data.resolve("cifar10")), cache.find(FORMAT));
    assertFalse(Files.exists(data.resolve("cifar-10-batches-bin")));
    assertEquals(List.of(), server.ranges);
  }

  @Test
  void findsDl4jsOwnLayoutIfItIsWhole() throws IOException {
    Path own = data.resolve("cifar10");
    Files.createDirectories(own.resolve("train"));
    assertEquals(Optional.empty(), cache.find(FORMAT));
    Files.createDirectories(own.resolve("test"));
    assertEquals(Optional.of(own), cache.find(FORMAT));
    Files.createDirectories(data.resolve("cifar-10-batches-bin"));
    assertEquals(Optional.of(data.resolve("cifar-10-batches-bin")), cache.find(FORMAT));
  }

  @Test
  void unpacksAnyArchiveIntoAFolderOfItsContent() throws IOException {
    Path mine = scratch.resolve("mine.tgz");
    Files.write(mine, Archives.synthetic(scratch, FORMAT, 30, 10, 2));
    Path folder = cache.unpack(mine, FORMAT);
    assertEquals(
        data.resolve("cifar-10-batches-bin-" + Md5.of(mine)).toString(), folder.toString());
    assertEquals(30, ImageData.read(folder, FORMAT).train().size());
    Files.delete(folder.resolve("batches.meta.txt"));
    assertEquals(folder, cache.unpack(mine, FORMAT));
    assertFalse(Files.exists(folder.resolve("batches.meta.txt")), "it is not unpacked again");
  }

  /** Nobody has checked what lies under the published archive's name. */
  @Test
  void theNamedArchiveIsReadThoughAFolderOfThePublishedNameIsThere() throws IOException {
    SyntheticImages.write(data.resolve("cifar-10-batches-bin"), FORMAT, 30, 10, 2);
    Path mine = Files.write(scratch.resolve("mine.tgz"), archive);
    Path folder = cache.unpack(mine, FORMAT);
    assertEquals(data.resolve("cifar-10-batches-bin-" + Md5.of(mine)), folder);
    assertSynthetic(folder);
  }

  @Test
  void aFailureToUnpackLeavesNothingAndIsNoHindrance() throws IOException {
    Path mine = Files.write(scratch.resolve("mine.tgz"), Arrays.copyOf(archive, 9000));
    assertThrows(ImageDataException.class, () -> cache.unpack(mine, FORMAT));
    assertNothingTemporary();
    Files.write(mine, archive);
    String name = "cifar-10-batches-bin-" + Md5.of(mine);
    Files.createDirectories(data.resolve("." + name + ".partial-left-by-a-killed-run/x"));
    assertSynthetic(cache.unpack(mine, FORMAT));
    assertNothingTemporary();
  }

  @Test
  void oneRunAtATime() throws IOException {
    Path mine = Files.write(scratch.resolve("mine.tgz"), archive);
    try (CacheLock lock = CacheLock.take(data, "cifar10")) {
      for (IOException failure :
          List.of(
              assertThrows(IOException.class, () -> cache.unpack(mine, FORMAT)),
              assertThrows(IOException.class, () -> cache.download(FORMAT, listener)))) {
        assertEquals(
            data + ": another run is at work on its cifar10; wait until it is done",
            failure.getMessage());
      }
    }
    assertSynthetic(cache.unpack(mine, FORMAT));
  }

  /** A cache that another run is at work on just before this one takes its lock, the first time. */
  private CifarCache after(Callable<Path> otherRun) {
    AtomicBoolean done = new AtomicBoolean();
    return TestCaches.cache(
        scratch.resolve("base"),
        server,
        archive,
        (folder, dataSet) -> {
          if (!done.getAndSet(true)) {
            assertDoesNotThrow(otherRun::call);
          }
          return CacheLock.take(folder, dataSet);
        });
  }

  @Test
  void whatAnotherRunHasJustUnpackedIsTaken() throws IOException {
    Path mine = Files.write(scratch.resolve("mine.tgz"), archive);
    assertSynthetic(after(() -> cache.unpack(mine, FORMAT)).unpack(mine, FORMAT));
    assertNothingTemporary();
  }

  @Test
  void whatAnotherRunHasJustDownloadedIsTaken() throws IOException {
    assertSynthetic(after(() -> cache.download(FORMAT, listener)).download(FORMAT, listener));
    assertEquals(1, server.requests());
  }

  @Test
  void cifar100HasItsOwnPlaces() throws IOException {
    Path images = scratch.resolve("100");
    SyntheticImages.write(images, CifarFormat.CIFAR100_FINE, 100, 100, 1);
    byte[] bytes = Archives.tarGz(Archives.entries(images, CifarFormat.CIFAR100_FINE));
    server.content = bytes;
    CifarCache other = TestCaches.cache(scratch.resolve("base"), server, bytes);
    Path fine = other.download(CifarFormat.CIFAR100_FINE, listener);
    assertEquals(data.resolve("cifar-100-binary"), fine);
    assertEquals(Optional.of(fine), other.find(CifarFormat.CIFAR100_COARSE));
    assertEquals(20, ImageData.read(fine, CifarFormat.CIFAR100_COARSE).train().classNames().size());
    assertEquals(data.resolve("cifar-100-binary.tar.gz"), other.archive(CifarFormat.CIFAR100_FINE));
    assertEquals(Optional.empty(), other.find(FORMAT));
  }

  @Test
  void isInDl4jsBaseFolder() {
    File before = DL4JResources.getBaseDirectory();
    DL4JResources.setBaseDirectory(scratch.toFile());
    try {
      assertEquals(scratch.resolve("data"), CifarCache.ofDl4j().folder());
      assertEquals(
          scratch.resolve("data/cifar-10-binary.tar.gz"), CifarCache.ofDl4j().archive(FORMAT));
    } finally {
      DL4JResources.setBaseDirectory(before);
    }
  }

  /** What is published, as its page and others who have downloaded it say. */
  @Test
  void knowsThePublishedArchives() {
    PublishedArchive ten = PublishedArchive.of(CifarFormat.CIFAR10);
    assertEquals(
        "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz 170052171"
            + " c32a1d4ab5d03f1284b67883e8d87530",
        ten.uri + " " + ten.bytes + " " + ten.md5);
    PublishedArchive hundred = PublishedArchive.of(CifarFormat.CIFAR100_COARSE);
    assertEquals(hundred, PublishedArchive.of(CifarFormat.CIFAR100_FINE));
    assertEquals(
        "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz 168513733"
            + " 03b5dce01913d631647c71ecec9e9cb8",
        hundred.uri + " " + hundred.bytes + " " + hundred.md5);
    assertNotEquals(ten.fileName(), hundred.fileName());
  }
}
