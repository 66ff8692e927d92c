package org.dl4j.q4.examples.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.data.cache.ArchiveServer;
import org.dl4j.q4.examples.data.cache.Archives;
import org.dl4j.q4.examples.data.cache.CifarCache;
import org.dl4j.q4.examples.data.cache.TestCaches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which images which options give. */
class DataOptionsTest {
  private static final long SEED = 5;

  @TempDir private Path folder;
  private byte[] archive;
  private ArchiveServer server;
  private CifarCache cache;

  @Command
  private static final class Options {
    @Mixin private final DataOptions data;

    Options(Supplier<CifarCache> cache) {
      data = new DataOptions(cache);
    }
  }

  @BeforeEach
  void serve() throws IOException {
    archive = Archives.synthetic(folder, CifarFormat.CIFAR10, 40, 20, SEED);
    server = new ArchiveServer(archive);
    cache = TestCaches.cache(folder.resolve("base"), server, archive);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private DataOptions.Images images(String... arguments) throws IOException {
    return images(() -> cache, arguments);
  }

  private DataOptions.Images images(Supplier<CifarCache> where, String... arguments)
      throws IOException {
    Options options = new Options(where);
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    options.data.validate();
    return options.data.images(folder.resolve("drawn"), SEED);
  }

  private void assertArchivesImages(DataOptions.Images found) throws IOException {
    ImageData expected = ImageData.synthetic(folder, CifarFormat.CIFAR10, 40, 20, SEED);
    assertEquals(40, found.train().size());
    assertEquals(20, found.test().size());
    assertEquals(expected.train().label(39), found.train().label(39));
    assertArrayEquals(expected.train().pixels(39), found.train().pixels(39));
    assertArrayEquals(expected.test().pixels(0), found.test().pixels(0));
  }

  @Test
  void downloadsIfAskedToAndThenNeedsNoNetwork() throws IOException {
    assertArchivesImages(images("--data", "cifar10", "--download"));
    server.close();
    assertArchivesImages(images("--data", "cifar10"));
    assertArchivesImages(images("--data", "cifar10", "--download"));
  }

  @Test
  void neverDownloadsUnasked() {
    ImageDataException failure =
        assertThrows(ImageDataException.class, () -> images("--data", "cifar10"));
    assertEquals(
        "--data cifar10: expected the images in DL4J's cache folder "
            + folder.resolve("base/data")
            + ", as cifar-10-batches-bin, cifar-10-binary.tar.gz, cifar10; found none of them."
            + " Give their folder or archive with --data-dir, or let --download fetch the archive",
        failure.getMessage());
    assertFalse(Files.exists(folder.resolve("base")));
    assertEquals(0, server.requests());
  }

  @Test
  void aDownloadThatFailsSaysWhatToDoInOneLine() {
    server.close();
    String message =
        assertThrows(IOException.class, () -> images("--data", "cifar10", "--download"))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(
        message.endsWith(
            "put the file by hand at "
                + folder.resolve("base/data/cifar-10-binary.tar.gz")
                + ", or give the images with --data-dir"),
        message);
  }

  @Test
  void aFolderOrArchiveThatIsNamedIsTheOnlySource() throws IOException {
    images("--data", "cifar10", "--download");
    SyntheticImages.write(folder.resolve("mine"), CifarFormat.CIFAR10, 30, 10, 9);
    String mine = folder.resolve("mine").toString();
    Supplier<CifarCache> none =
        () -> {
          throw new AssertionError("The cache has nothing to do with it");
        };
    assertEquals(30, images(none, "--data", "cifar10", "--data-dir", mine).train().size());

    Path tgz = folder.resolve("mine.tgz");
    Files.write(tgz, Archives.synthetic(folder, CifarFormat.CIFAR10, 30, 10, 9));
    assertEquals(30, images("--data", "cifar10", "--data-dir", tgz.toString()).train().size());

    String nothing = folder.resolve("nothing").toString();
    assertEquals(
        nothing + ": expected a folder of images, found nothing",
        assertThrows(
                ImageDataException.class,
                () -> images(none, "--data", "cifar10", "--data-dir", nothing))
            .getMessage());
  }

  @Test
  void drawnImagesOfAHundredClassesOrTwenty() throws IOException {
    DataOptions.Images fine =
        images("--data", "synthetic100", "--train-limit", "200", "--test-limit", "100");
    assertEquals(100, fine.train().classNames().size());
    assertEquals(200, fine.train().size());
    assertArrayEquals(IntStream.generate(() -> 2).limit(100).toArray(), fine.train().classSizes());
    DataOptions.Images coarse = images("--data", "synthetic100", "--coarse");
    assertEquals(20, coarse.train().classNames().size());
    assertEquals(SyntheticImages.TRAIN_IMAGES, coarse.train().size());
    assertEquals(SyntheticImages.TEST_IMAGES, coarse.test().size());
    DataOptions.Images all = images("--data", "synthetic100");
    for (int i = 0; i < all.train().size(); i += 97) {
      assertEquals(all.train().label(i) / 5, coarse.train().label(i));
      assertArrayEquals(all.train().pixels(i), coarse.train().pixels(i));
    }
    assertEquals(10, images("--data", "synthetic").train().classNames().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--coarse                                      | --coarse needs --data cifar100 or"
            + " synthetic100; got SYNTHETIC",
        "--coarse --data cifar10                       | --coarse needs --data cifar100 or"
            + " synthetic100; got CIFAR10",
        "--download --data synthetic100                | --download needs --data cifar10 or"
            + " cifar100; got SYNTHETIC100",
        "--download --data cifar10 --data-dir here     | --download fills DL4J's cache folder:"
            + " give it or --data-dir, not both; got here"
      })
  void refusesWhatDoesNotGoTogether(String arguments, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> images(arguments.split(" ", -1)))
            .getMessage());
  }
}
