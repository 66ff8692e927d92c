package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.datavec.api.split.FileSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetTest {
  private static final List<String> ABC = List.of("a", "b", "c");

  @Test
  void readsAReadersRecords(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(1, 7), CifarFiles.record(2, 0));
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    ImageSet images;
    try (reader) {
      reader.initialize(new FileSplit(file.toFile()));
      images = ImageSet.read(reader);
    }
    assertEquals(2, images.size());
    assertEquals(32, images.height());
    assertEquals(32, images.width());
    assertEquals(7, images.label(0));
    assertEquals(0, images.label(1));
    assertEquals("truck", images.classNames().get(9));
    assertArrayEquals(Arrays.copyOfRange(CifarFiles.record(2, 0), 1, 3073), images.pixels(1));
    assertArrayEquals(new int[] {1, 0, 0, 0, 0, 0, 0, 1, 0, 0}, images.classSizes());
  }

  @Test
  void aReaderWithoutRecordsIsRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(1, 7));
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    try (reader) {
      reader.initialize(new FileSplit(file.toFile()));
      reader.next();
      assertEquals(
          "Expected images, found a reader without a record",
          assertThrows(ImageDataException.class, () -> ImageSet.read(reader)).getMessage());
    }
  }

  @Test
  void recordsThatDoNotFitTheFirstOrTheLabelsAreRefused() {
    assertEquals(
        "Record 1: expected an image of the first one's 2×1 pixels (width × height), found 1×2",
        assertThrows(
                ImageDataException.class,
                () ->
                    ImageSet.read(
                        new ListRecordReader(
                            ABC,
                            new LabelledImage(1, 2, new byte[6], 0),
                            new LabelledImage(2, 1, new byte[6], 0))))
            .getMessage());
    assertEquals(
        "Record 0: expected a label from 0 to 2, found 3",
        assertThrows(
                ImageDataException.class,
                () ->
                    ImageSet.read(
                        new ListRecordReader(ABC, new LabelledImage(1, 1, new byte[3], 3))))
            .getMessage());
  }

  @Test
  void pixelsAreACopy() {
    ImageSet images = TestImages.dots(ABC, 0);
    images.pixels(0)[0] = 99;
    assertEquals(0, images.pixels(0)[0]);
  }

  @Test
  void aLimitTakesTheFirstImagesOfEachClassInOrder() {
    ImageSet images = TestImages.dots(ABC, 2, 2, 0, 1, 0, 2, 1, 0, 1);
    assertEquals(List.of(0, 1, 2, 3, 4, 6), TestImages.identities(images.limit(6)));
    assertEquals(List.of(0, 2, 3, 4), TestImages.identities(images.limit(4)));
    assertEquals(List.of(2), TestImages.identities(images.limit(1)));
    assertSame(images, images.limit(9));
  }

  @Test
  void aLimitWithoutSenseIsRefused() {
    ImageSet images = TestImages.dots(ABC, 0, 0, 0, 1, 2, 2);
    assertLimitRefused("Expected a limit from 1 to the 6 images of the set, found 0", images, 0);
    assertLimitRefused("Expected a limit from 1 to the 6 images of the set, found 7", images, 7);
    assertLimitRefused(
        "Expected 2 images of class b for a limit of 5 in equal shares, found 1", images, 5);
  }

  private static void assertLimitRefused(String message, ImageSet images, int total) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> images.limit(total)).getMessage());
  }

  @Property(tries = 100)
  void everyClassHasItsShareOfALimit(
      @ForAll @IntRange(min = 1, max = 7) int classes, @ForAll @IntRange(min = 1, max = 70) int n) {
    int total = Math.min(n, 10 * classes);
    int[] sizes = balanced(classes, 10).limit(total).classSizes();
    assertEquals(total, Arrays.stream(sizes).sum());
    int most = Arrays.stream(sizes).max().getAsInt();
    int least = Arrays.stream(sizes).min().getAsInt();
    assertTrue(most - least <= 1, Arrays.toString(sizes));
  }

  private static ImageSet balanced(int classes, int imagesOfEach) {
    String[] names = IntStream.range(0, classes).mapToObj(Integer::toString).toArray(String[]::new);
    return TestImages.dots(
        List.of(names), IntStream.range(0, classes * imagesOfEach).map(i -> i % classes).toArray());
  }

  @Property(tries = 100)
  void aSplitIsStratifiedAndLosesNoImage(
      @ForAll @IntRange(min = 1, max = 7) int classes,
      @ForAll @DoubleRange(min = 0.05, max = 0.94) double fraction,
      @ForAll long seed) {
    ImageSet images = balanced(classes, 20);
    ImageSet.Split split = images.split(fraction, seed);
    int[] expected = new int[classes];
    Arrays.fill(expected, (int) Math.round(fraction * 20));
    assertArrayEquals(expected, split.validation().classSizes());
    List<Integer> train = TestImages.identities(split.train());
    List<Integer> validation = TestImages.identities(split.validation());
    Set<Integer> all = new HashSet<>(train);
    all.addAll(validation);
    assertEquals(images.size(), train.size() + validation.size());
    assertEquals(images.size(), all.size());
    assertEquals(train.stream().sorted().collect(Collectors.toList()), train);
  }

  @Test
  void aSplitDependsOnItsSeedOnly() {
    ImageSet images = balanced(3, 30);
    List<Integer> heldOut = TestImages.identities(images.split(0.2, 5).validation());
    assertEquals(heldOut, TestImages.identities(images.split(0.2, 5).validation()));
    assertNotEquals(heldOut, TestImages.identities(images.split(0.2, 6).validation()));
  }

  @Test
  void aFractionWithoutSenseIsRefused() {
    ImageSet images = TestImages.dots(ABC, 0, 0, 0, 0, 1, 1, 1, 1, 2);
    for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
      assertSplitRefused(
          "Expected a fraction between 0 and 1 to hold out, found " + fraction, images, fraction);
    }
    assertSplitRefused(
        "Expected a fraction that leaves images of class c in both parts, found 0.25:"
            + " 0 of its 1 images are held out",
        images,
        0.25);
    assertSplitRefused(
        "Expected a fraction that leaves images of class a in both parts, found 0.9:"
            + " 4 of its 4 images are held out",
        images,
        0.9);
  }

  private static void assertSplitRefused(String message, ImageSet images, double fraction) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> images.split(fraction, 1)).getMessage());
  }
}
