package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDataTest {
  private static final List<String> CLASSES =
      List.of("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9");

  @TempDir Path folder;

  private static void writeClassFolders(Path base) throws IOException {
    for (String name : CLASSES) {
      ImageFiles.write(base.resolve("train").resolve(name).resolve("1.png"), Color.RED);
      ImageFiles.write(base.resolve("train").resolve(name).resolve("2.png"), Color.RED);
      ImageFiles.write(base.resolve("test").resolve(name).resolve("1.png"), Color.BLUE);
    }
  }

  private void assertClassFoldersRead() throws IOException {
    ImageData data = ImageData.read(folder, CifarFormat.CIFAR10);
    assertEquals(CLASSES, data.train().classNames());
    assertEquals(20, data.train().size());
    assertEquals(10, data.test().size());
    assertEquals((byte) 255, data.train().pixels(0)[0]);
    assertEquals(0, data.test().pixels(0)[0]);
  }

  private void assertBinaryRead() throws IOException {
    ImageData data = ImageData.read(folder, CifarFormat.CIFAR10);
    assertEquals(5, data.train().size());
    assertEquals(4, data.train().label(4));
    assertEquals(1, data.test().size());
    assertEquals(5, data.test().label(0));
  }

  @Test
  void readsBinaryFilesOfTheFolderItself() throws IOException {
    CifarFiles.writeCifar10(folder);
    assertBinaryRead();
  }

  @Test
  void readsBinaryFilesOfThePublishedSubfolder() throws IOException {
    CifarFiles.writeCifar10(folder.resolve("cifar-10-batches-bin"));
    assertBinaryRead();
  }

  @Test
  void readsBinaryFilesBelowDl4jsBaseFolder() throws IOException {
    CifarFiles.writeCifar10(folder.resolve("data/cifar-10-batches-bin"));
    assertBinaryRead();
  }

  @Test
  void readsBinaryCifar100WithEitherLabel() throws IOException {
    Path published = folder.resolve("cifar-100-binary");
    CifarFiles.write(published.resolve("train.bin"), CifarFiles.record(0, 4, 30));
    CifarFiles.write(published.resolve("test.bin"), CifarFiles.record(0, 1, 73));
    ImageData fine = ImageData.read(folder, CifarFormat.CIFAR100_FINE);
    assertEquals(30, fine.train().label(0));
    assertEquals(73, fine.test().label(0));
    ImageData coarse = ImageData.read(folder, CifarFormat.CIFAR100_COARSE);
    assertEquals(4, coarse.train().label(0));
    assertEquals(1, coarse.test().label(0));
  }

  @Test
  void readsClassFoldersOfTheFolderItself() throws IOException {
    writeClassFolders(folder);
    assertClassFoldersRead();
  }

  @Test
  void readsClassFoldersBelowDl4jsBaseFolder() throws IOException {
    writeClassFolders(folder.resolve("data/cifar10"));
    assertClassFoldersRead();
  }

  @Test
  void anIncompleteBinarySetNamesTheMissingFile() throws IOException {
    CifarFiles.writeCifar10(folder);
    Files.delete(folder.resolve("data_batch_3.bin"));
    assertRefused(
        folder.resolve("data_batch_3.bin")
            + ": expected a file of the cifar10 binary format, found none",
        CifarFormat.CIFAR10);
  }

  @Test
  void aFolderOfNoKnownLayoutSaysWhatWasLookedForAndFound() throws IOException {
    String looked =
        folder
            + ": expected the files train.bin and test.bin, there or in cifar-100-binary/ or"
            + " data/cifar-100-binary/, or class folders of images in train/ and test/, there or in data/cifar100/; found ";
    assertRefused(looked + "an empty folder", CifarFormat.CIFAR100_FINE);
    Files.createDirectory(folder.resolve("train"));
    Files.writeString(folder.resolve("readme.txt"), "");
    assertRefused(looked + "readme.txt, train/", CifarFormat.CIFAR100_FINE);
    for (int i = 10; i < 20; i++) {
      Files.writeString(folder.resolve("f" + i), "");
    }
    assertRefused(
        looked + "f10, f11, f12, f13, f14, f15, f16, f17, f18, f19 and 2 more",
        CifarFormat.CIFAR100_FINE);
  }

  @Test
  void aFolderThatIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(
        file + ": expected a folder of images, found a file",
        assertThrows(ImageDataException.class, () -> ImageData.read(file, CifarFormat.CIFAR10))
            .getMessage());
    Path nothing = folder.resolve("nothing");
    assertEquals(
        nothing + ": expected a folder of images, found nothing",
        assertThrows(ImageDataException.class, () -> ImageData.read(nothing, CifarFormat.CIFAR10))
            .getMessage());
  }

  @Test
  void anotherNumberOfClassesIsRefused() throws IOException {
    writeClassFolders(folder);
    assertRefused(
        folder
            + ": expected training images of 100 classes for CIFAR100_FINE, found 10: "
            + CLASSES,
        CifarFormat.CIFAR100_FINE);
  }

  @Test
  void otherClassesInTheTestImagesAreRefused() throws IOException {
    writeClassFolders(folder);
    Files.move(folder.resolve("test/c3"), folder.resolve("test/x3"));
    assertRefused(
        folder
            + ": expected test images of the training images' classes "
            + CLASSES
            + ", found [c0, c1, c2, c4, c5, c6, c7, c8, c9, x3]",
        CifarFormat.CIFAR10);
  }

  private void assertRefused(String message, CifarFormat format) {
    assertEquals(
        message,
        assertThrows(ImageDataException.class, () -> ImageData.read(folder, format)).getMessage());
  }
}
