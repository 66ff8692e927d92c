package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticImagesTest {
  /** Kept between tests: fine and coarse CIFAR-100 are the same files. */
  @TempDir static Path cache;

  @TempDir Path folder;

  @Test
  void writesTheOfficialFilesAndNothingElse() throws Exception {
    Path set = folder.resolve("some/where");
    SyntheticImages.write(set, CifarFormat.CIFAR10, 101, 20, 1);
    assertEquals(
        List.of(
            "batches.meta.txt",
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin"),
        names(set));
    assertEquals(List.of("where"), names(set.getParent()));
    assertEquals(20 * 3073, Files.size(set.resolve("data_batch_1.bin")));
    assertEquals(21 * 3073, Files.size(set.resolve("data_batch_5.bin")));
    assertEquals(20 * 3073, Files.size(set.resolve("test_batch.bin")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  @Test
  void everyClassHasTheSameNumberOfImages() throws Exception {
    ImageData data = ImageData.synthetic(folder, CifarFormat.CIFAR10, 70, 30, 1);
    int[] expected = new int[10];
    Arrays.fill(expected, 7);
    assertArrayEquals(expected, data.train().classSizes());
    Arrays.fill(expected, 3);
    assertArrayEquals(expected, data.test().classSizes());
    assertEquals(
        List.of(
            "disc",
            "ring",
            "square",
            "triangle",
            "cross",
            "star",
            "stripes",
            "diagonals",
            "checkerboard",
            "letter_h"),
        data.train().classNames());
  }

  @Test
  void aCoarseClassIsFiveFineOnes() throws Exception {
    ImageSet fine = ImageData.synthetic(folder, CifarFormat.CIFAR100_FINE, 200, 100, 1).train();
    ImageSet coarse = ImageData.synthetic(folder, CifarFormat.CIFAR100_COARSE, 200, 100, 1).train();
    assertEquals(1, names(folder).size());
    for (int i = 0; i < fine.size(); i++) {
      assertEquals(fine.label(i) / 5, coarse.label(i));
      assertArrayEquals(fine.pixels(i), coarse.pixels(i));
    }
    assertEquals("light_red_disc", fine.classNames().get(5));
    assertEquals("light_disc", coarse.classNames().get(1));
    assertEquals("light_purple_letter_h", fine.classNames().get(99));
  }

  @Test
  void polarityIsTheBrightnessOfTheShapeAgainstItsGround() throws Exception {
    ImageSet images = ImageData.synthetic(folder, CifarFormat.CIFAR100_FINE, 400, 100, 1).train();
    for (int i = 0; i < images.size(); i++) {
      String name = images.classNames().get(images.label(i));
      byte[] pixels = images.pixels(i);
      // No disc reaches the corner of an image, and the pixel most unlike the corner is the disc's.
      int corner = brightness(pixels, 0);
      int unlike = corner;
      for (int at = 0; at < 1024; at++) {
        int brightness = brightness(pixels, at);
        if (Math.abs(brightness - corner) > Math.abs(unlike - corner)) {
          unlike = brightness;
        }
      }
      if (name.endsWith("disc")) {
        assertEquals(name.startsWith("light"), unlike > corner, name);
      }
    }
  }

  private static int brightness(byte[] pixels, int at) {
    int red = Byte.toUnsignedInt(pixels[at]);
    int green = Byte.toUnsignedInt(pixels[1024 + at]);
    int blue = Byte.toUnsignedInt(pixels[2048 + at]);
    return Math.max(red, Math.max(green, blue));
  }

  /** A set that changes between Java versions or machines would make results incomparable. */
  @Test
  void aSeedGivesTheSameBytesEverywhere() throws Exception {
    SyntheticImages.write(folder.resolve("a"), CifarFormat.CIFAR10, 100, 50, 1);
    SyntheticImages.write(folder.resolve("b"), CifarFormat.CIFAR10, 100, 50, 1);
    SyntheticImages.write(folder.resolve("c"), CifarFormat.CIFAR10, 100, 50, 2);
    SyntheticImages.write(folder.resolve("d"), CifarFormat.CIFAR100_FINE, 100, 100, 1);
    assertEquals(checksum(folder.resolve("a")), checksum(folder.resolve("b")));
    assertNotEquals(checksum(folder.resolve("a")), checksum(folder.resolve("c")));
    assertEquals("29e8f940", Long.toHexString(checksum(folder.resolve("a"))));
    assertEquals("515d9c7d", Long.toHexString(checksum(folder.resolve("d"))));
  }

  private static long checksum(Path folder) throws IOException {
    CRC32 checksum = new CRC32();
    for (String name : names(folder)) {
      checksum.update(Files.readAllBytes(folder.resolve(name)));
    }
    return checksum.getValue();
  }

  @Test
  void trainAndTestShareNoImage() throws Exception {
    ImageData data = ImageData.synthetic(folder, CifarFormat.CIFAR10, 60, 60, 1);
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        assertFalse(Arrays.equals(data.train().pixels(i), data.test().pixels(j)));
      }
    }
  }

  @Test
  void aCachedSetIsNotDrawnAgain() throws Exception {
    Path first = SyntheticImages.cached(folder, CifarFormat.CIFAR10, 20, 10, 1);
    Path marker = Files.writeString(first.resolve("marker"), "");
    assertEquals(first, SyntheticImages.cached(folder, CifarFormat.CIFAR10, 20, 10, 1));
    assertTrue(Files.exists(marker));
    assertNotEquals(first, SyntheticImages.cached(folder, CifarFormat.CIFAR10, 20, 10, 2));
    assertNotEquals(first, SyntheticImages.cached(folder, CifarFormat.CIFAR10, 30, 10, 1));
  }

  @Test
  void aFolderThatExistsIsNotOverwritten() throws Exception {
    Path marker = Files.createDirectories(folder.resolve("set")).resolve("marker");
    Files.writeString(marker, "mine");
    assertThrows(
        FileSystemException.class,
        () -> SyntheticImages.write(folder.resolve("set"), CifarFormat.CIFAR10, 20, 10, 1));
    assertEquals("mine", Files.readString(marker));
    assertEquals(List.of("set"), names(folder));
  }

  @Test
  void aSetWithoutAnImageOfEachClassIsRefused() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SyntheticImages.write(
                    folder.resolve("set"), CifarFormat.CIFAR100_COARSE, 100, 99, 1));
    assertEquals(
        "Expected an image or more for each of 100 classes, found 100 training and 99 test images",
        thrown.getMessage());
  }

  /**
   * A set that a linear model solves would say nothing about a convolutional network; one that it
   * learns nothing from would have labels without a connection to the pixels.
   *
   * <p>Five epochs keep the test short. The best of 20 epochs at 0.002, 0.005 and 0.02 is 0.18 with
   * CIFAR-10's classes, 0.33 with the fine and 0.39 with the coarse ones of CIFAR-100.
   */
  @ParameterizedTest
  @EnumSource(CifarFormat.class)
  void aLinearModelLearnsSomethingButNotTheSet(CifarFormat format) throws Exception {
    ImageData data =
        ImageData.synthetic(
            cache, format, SyntheticImages.TRAIN_IMAGES, SyntheticImages.TEST_IMAGES, 1);
    double accuracy = SoftmaxRegression.bestAccuracy(data, 5, 0.005);
    System.out.printf(
        "Softmax regression on synthetic %s: %.4f of the test images%n", format, accuracy);
    double chance = 1.0 / format.classCount();
    assertTrue(accuracy < 0.6, format + ": " + accuracy);
    assertTrue(accuracy > 1.3 * chance, format + ": " + accuracy + " is hardly above chance");
  }
}
