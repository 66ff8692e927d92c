package org.dl4j.q4.examples.data.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.common.resources.DL4JResources;
import org.deeplearning4j.datasets.fetchers.DataSetType;
import org.deeplearning4j.datasets.iterator.impl.Cifar10DataSetIterator;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's own iterator reads what {@link Cifar10ForDl4j} has prepared. */
class Cifar10ForDl4jTest {
  private static final int TRAIN = 50;
  private static final int TEST = 20;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @TempDir Path scratch;
  private File baseBefore;
  private Path base;
  private Path target;
  private Path source;

  @BeforeEach
  void baseFolder() throws IOException {
    baseBefore = DL4JResources.getBaseDirectory();
    base = Files.createDirectory(scratch.resolve("base"));
    target = base.resolve("data/cifar10");
    DL4JResources.setBaseDirectory(base.toFile());
    source = scratch.resolve("source");
    SyntheticImages.write(source, CifarFormat.CIFAR10, TRAIN, TEST, 7);
    // The published names, so that the iterator's labels are those of CIFAR-10.
    Files.write(source.resolve("batches.meta.txt"), CLASSES);
  }

  @AfterEach
  void restore() {
    DL4JResources.setBaseDirectory(baseBefore);
  }

  private void assertIteratorGives(ImageData images) {
    assertIteratorGives(images.train(), new Cifar10DataSetIterator(8, DataSetType.TRAIN), 7);
    assertIteratorGives(images.test(), new Cifar10DataSetIterator(8, DataSetType.TEST), 3);
    assertEquals(CLASSES, Cifar10DataSetIterator.getLabels(true));
    assertEquals(CLASSES, Cifar10DataSetIterator.getLabels(false));
  }

  /** Every image once, with its class: the iterator has an order of its own. */
  private static void assertIteratorGives(
      ImageSet images, Cifar10DataSetIterator iterator, int expectedBatches) {
    TreeMap<String, Integer> expected = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      float[] bgr = new float[3072];
      byte[] rgb = images.pixels(i);
      for (int p = 0; p < 1024; p++) {
        bgr[p] = Byte.toUnsignedInt(rgb[2048 + p]);
        bgr[1024 + p] = Byte.toUnsignedInt(rgb[1024 + p]);
        bgr[2048 + p] = Byte.toUnsignedInt(rgb[p]);
      }
      expected.merge(key(images.label(i), bgr), 1, Integer::sum);
    }
    TreeMap<String, Integer> found = new TreeMap<>();
    int batches = 0;
    for (; iterator.hasNext(); batches++) {
      DataSet batch = iterator.next();
      INDArray labels = batch.getLabels().argMax(1);
      for (int i = 0; i < batch.numExamples(); i++) {
        INDArray image = batch.getFeatures().slice(i).dup('c');
        found.merge(key(labels.getInt(i), image.reshape(3072).toFloatVector()), 1, Integer::sum);
      }
    }
    assertEquals(expectedBatches, batches);
    assertEquals(CLASSES, iterator.getLabels());
    assertEquals(images.size(), found.values().stream().mapToInt(Integer::intValue).sum());
    assertTrue(expected.equals(found), "other pixels or labels");
  }

  private static String key(int label, float[] pixels) {
    return label + " " + Arrays.toString(pixels);
  }

  private ImageData sourceImages() throws IOException {
    return ImageData.read(source, CifarFormat.CIFAR10);
  }

  @Test
  void preparesFromTheBinaryBatches() throws IOException {
    assertEquals(target, Cifar10ForDl4j.prepare(source));
    assertIteratorGives(sourceImages());
  }

  @Test
  void preparesFromAnArchive() throws IOException {
    Path archive = scratch.resolve("cifar-10-binary.tar.gz");
    Files.write(archive, Archives.tarGz(Archives.entries(source, CifarFormat.CIFAR10)));
    Cifar10ForDl4j.prepare(archive);
    assertIteratorGives(sourceImages());
  }

  @Test
  void preparesFromClassFolders() throws IOException {
    Cifar10ForDl4j.prepare(source);
    Path elsewhere = scratch.resolve("elsewhere");
    Files.move(target, elsewhere);
    Cifar10ForDl4j.prepare(elsewhere);
    assertIteratorGives(sourceImages());
  }

  /** What DL4J leaves behind when its download fails. */
  @Test
  void anEmptyFolderIsNoHindrance() throws IOException {
    Files.createDirectories(target);
    Cifar10ForDl4j.prepare(source);
    assertIteratorGives(sourceImages());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(base)) {
      return walk.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
  }

  @Test
  void aSecondCallWritesNothing() throws IOException {
    Cifar10ForDl4j.prepare(source);
    List<Path> before = files();
    List<FileTime> times = new ArrayList<>();
    for (Path file : before) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
      times.add(Files.getLastModifiedTime(file));
    }
    Cifar10ForDl4j.prepare(source);
    Cifar10ForDl4j.prepare(base);
    assertEquals(before, files());
    for (Path file : before) {
      if (!file.getFileName().toString().endsWith(".lock")) {
        assertEquals(times.remove(0), Files.getLastModifiedTime(file), file::toString);
      }
    }
  }

  @Test
  void aPartOfTheImagesIsCompleted() throws IOException {
    Cifar10ForDl4j.prepare(source);
    List<Path> whole = files();
    Files.delete(whole.stream().filter(f -> f.toString().contains("train/cat")).findFirst().get());
    try (Stream<Path> test = Files.walk(target.resolve("test"))) {
      for (Path one : test.sorted((a, b) -> b.compareTo(a)).collect(Collectors.toList())) {
        Files.delete(one);
      }
    }
    Path killed = base.resolve("data/.cifar10.partial-of-a-killed-run/train/cat");
    Files.createDirectories(killed);
    Files.writeString(killed.resolve("00001.png"), "half an image");

    Cifar10ForDl4j.prepare(source);
    assertEquals(whole, files());
    assertIteratorGives(sourceImages());
  }

  @Test
  void missingLabelsAreAdded() throws IOException {
    Cifar10ForDl4j.prepare(source);
    Files.delete(target.resolve("labels.txt"));
    Cifar10ForDl4j.prepare(source);
    assertEquals(CLASSES, Cifar10DataSetIterator.getLabels(false));
  }

  @Test
  void anotherDataSetIsRefusedAndKept() throws IOException {
    Cifar10ForDl4j.prepare(source);
    List<Path> before = files();
    Path other = scratch.resolve("other");
    SyntheticImages.write(other, CifarFormat.CIFAR10, TRAIN, TEST, 8);
    Files.write(other.resolve("batches.meta.txt"), CLASSES);
    ImageDataException failure =
        assertThrows(ImageDataException.class, () -> Cifar10ForDl4j.prepare(other));
    assertEquals(
        target.resolve("train")
            + ": expected images of the data set to prepare, and nothing else, found 50 other"
            + " files among 50. Move or delete "
            + target
            + " to have it written anew",
        failure.getMessage());
    assertEquals(before, files());
  }

  /** Right images in a wrong class are another data set. */
  @Test
  void aMovedImageAndAForeignFileAreRefused() throws IOException {
    Cifar10ForDl4j.prepare(source);
    Path cat =
        files().stream().filter(f -> f.toString().contains("train/cat")).findFirst().orElseThrow();
    Path dog = target.resolve("train/dog/moved.png");
    Files.move(cat, dog);
    assertThrows(ImageDataException.class, () -> Cifar10ForDl4j.prepare(source));
    Files.move(dog, cat);
    Path note = Files.writeString(target.resolve("test/cat/note.txt"), "mine");
    ImageDataException failure =
        assertThrows(ImageDataException.class, () -> Cifar10ForDl4j.prepare(source));
    assertTrue(failure.getMessage().contains("1 other files among 21"), failure::getMessage);
    Files.delete(note);
    Files.writeString(target.resolve("note.txt"), "mine");
    failure = assertThrows(ImageDataException.class, () -> Cifar10ForDl4j.prepare(source));
    assertTrue(failure.getMessage().contains("found [note.txt], too"), failure::getMessage);
    assertTrue(Files.exists(target.resolve("note.txt")));
  }

  /** A list of class names can come with any archive. */
  @Test
  void aClassNameLeadsToNoOtherFolder() throws IOException {
    List<String> evil = new ArrayList<>(CLASSES);
    evil.set(3, "../../evil");
    Files.write(source.resolve("batches.meta.txt"), evil);
    ImageDataException failure =
        assertThrows(ImageDataException.class, () -> Cifar10ForDl4j.prepare(source));
    assertTrue(failure.getMessage().contains("../../evil"), failure::getMessage);
    assertFalse(Files.exists(target));
    assertEquals(List.of(base.resolve("data/.cifar10.lock")), files());
  }
}
