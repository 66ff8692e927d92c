package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageFolderRecordReaderTest {
  private static final Color ORANGE = new Color(200, 100, 50);

  @TempDir Path folder;

  private ImageFolderRecordReader open() throws Exception {
    ImageFolderRecordReader reader = new ImageFolderRecordReader();
    reader.initialize(new FileSplit(folder.toFile()));
    return reader;
  }

  private static INDArray image(List<Writable> record) {
    return ((NDArrayWritable) record.get(0)).get();
  }

  @Test
  void aPngIsReadExactlyAsRgbPlanes() throws Exception {
    BufferedImage image = ImageFiles.filled(32, 32, ORANGE);
    image.setRGB(5, 2, 0xFFFF00FE);
    ImageFiles.write(folder.resolve("fruit/1.png"), image);
    try (ImageFolderRecordReader reader = open()) {
      INDArray read = image(reader.next());
      assertEquals(DataType.UINT8, read.dataType());
      assertEquals("[3, 32, 32]", Arrays.toString(read.shape()));
      assertEquals(200, read.getInt(0, 0, 0));
      assertEquals(100, read.getInt(1, 0, 0));
      assertEquals(50, read.getInt(2, 0, 0));
      assertEquals(255, read.getInt(0, 2, 5));
      assertEquals(0, read.getInt(1, 2, 5));
      assertEquals(254, read.getInt(2, 2, 5));
    }
  }

  @Test
  void aJpegIsReadWithinItsLoss() throws Exception {
    ImageFiles.write(folder.resolve("fruit/1.jpg"), ORANGE);
    try (ImageFolderRecordReader reader = open()) {
      INDArray read = image(reader.next());
      assertEquals(200, read.getInt(0, 16, 16), 3);
      assertEquals(100, read.getInt(1, 16, 16), 3);
      assertEquals(50, read.getInt(2, 16, 16), 3);
    }
  }

  @Test
  void imagesComeSortedByClassThenName() throws Exception {
    for (String name : List.of("b/2.png", "a/9.jpeg", "b/10.PNG", "a/1.jpg")) {
      ImageFiles.write(folder.resolve(name), ORANGE);
    }
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    ImageFolderRecordReader reader = new ImageFolderRecordReader();
    try (reader) {
      reader.initialize(new FileSplit(folder.toFile(), new Random(5)));
      assertEquals(List.of("a", "b"), reader.getLabels());
      while (reader.hasNext()) {
        Record record = reader.nextRecord();
        names.add(folder.toUri().relativize(record.getMetaData().getURI()).getPath());
        labels.add(record.getRecord().get(1).toInt());
      }
      assertEquals(List.of("a/1.jpg", "a/9.jpeg", "b/10.PNG", "b/2.png"), names);
      assertEquals(List.of(0, 0, 1, 1), labels);
      reader.reset();
      assertTrue(reader.hasNext());
    }
  }

  @Test
  void hiddenAndForeignFilesArePassedOver() throws Exception {
    ImageFiles.write(folder.resolve("a/1.png"), ORANGE);
    Files.writeString(folder.resolve("a/._1.png"), "resource fork");
    Files.writeString(folder.resolve("a/notes.txt"), "notes");
    Files.createDirectories(folder.resolve(".thumbnails"));
    Files.writeString(folder.resolve(".thumbnails/1.png"), "thumbnail");
    try (ImageFolderRecordReader reader = open()) {
      assertEquals(List.of("a"), reader.getLabels());
      reader.next();
      assertFalse(reader.hasNext());
    }
  }

  @Test
  void aHiddenFolderAboveTheImagesIsNoReasonToPassThemOver() throws Exception {
    Path file = ImageFiles.write(folder.resolve(".home/train/a/1.png"), ORANGE);
    ImageFolderRecordReader reader = new ImageFolderRecordReader();
    try (reader) {
      reader.initialize(new FileSplit(folder.resolve(".home/../.home/train").toFile()));
      reader.next();
      assertFalse(reader.hasNext());
      reader.initialize(new CollectionInputSplit(List.of(file.toUri())));
      reader.next();
      assertFalse(reader.hasNext());
    }
  }

  @Test
  void theSizeCanBeChosen() throws Exception {
    ImageFiles.write(folder.resolve("a/1.png"), ImageFiles.filled(7, 5, ORANGE));
    ImageFolderRecordReader reader = new ImageFolderRecordReader(5, 7);
    try (reader) {
      reader.initialize(new FileSplit(folder.toFile()));
      assertEquals("[3, 5, 7]", Arrays.toString(image(reader.next()).shape()));
    }
    assertThrows(IllegalArgumentException.class, () -> new ImageFolderRecordReader(0, 7));
  }

  @Test
  void aSplitOfChosenFilesIsRead() throws Exception {
    Path one = ImageFiles.write(folder.resolve("a/1.png"), ORANGE);
    ImageFiles.write(folder.resolve("a/2.png"), ORANGE);
    Path three = ImageFiles.write(folder.resolve("b/3.png"), ORANGE);
    ImageFolderRecordReader reader = new ImageFolderRecordReader();
    try (reader) {
      reader.initialize(new CollectionInputSplit(List.of(three.toUri(), one.toUri())));
      assertEquals(0, reader.next().get(1).toInt());
      assertEquals(1, reader.next().get(1).toInt());
      assertFalse(reader.hasNext());
    }
  }

  @Test
  void aRecordIsLoadedAgainFromItsMetaDataOrAStream() throws Exception {
    ImageFiles.write(folder.resolve("a/1.png"), Color.BLUE);
    Path file = ImageFiles.write(folder.resolve("b/1.png"), ORANGE);
    try (ImageFolderRecordReader reader = open()) {
      reader.next();
      Record record = reader.nextRecord();
      RecordMetaData metaData = record.getMetaData();
      assertEquals(record.getRecord(), reader.loadFromMetaData(metaData).getRecord());
      DataInputStream stream =
          new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
      assertEquals(record.getRecord(), reader.record(file.toUri(), stream));
    }
  }

  @Test
  void anImageOfAnotherSizeIsNamed() throws Exception {
    Path file = ImageFiles.write(folder.resolve("a/1.png"), ImageFiles.filled(31, 33, ORANGE));
    assertNextFails(file + ": expected an image of 32×32 pixels (width × height), found 31×33");
  }

  @Test
  void aGreyImageIsNamed() throws Exception {
    BufferedImage grey = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    Path file = ImageFiles.write(folder.resolve("a/1.png"), grey);
    assertNextFails(file + ": expected an image of 3 colour components, found 1");
  }

  @Test
  void aTransparentPixelIsNamed() throws Exception {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, i == 35 ? 0x80FFFFFF : 0xFFFFFFFF);
    }
    Path file = ImageFiles.write(folder.resolve("a/1.png"), image);
    assertNextFails(
        file + ": expected an opaque image, found a transparent pixel at column 3, row 1");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws Exception {
    Path file = folder.resolve("a/1.jpg");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no image");
    assertNextFails(file + ": expected a JPEG or PNG image, found 8 bytes of another kind");
  }

  @Test
  void aTruncatedImageIsNamed() throws Exception {
    for (String name : List.of("a/1.jpg", "a/1.png")) {
      Path file = ImageFiles.write(folder.resolve(name), noise());
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
      try (ImageFolderRecordReader reader = open()) {
        ImageDataException thrown = assertThrows(ImageDataException.class, reader::next);
        assertTrue(
            thrown.getMessage().startsWith(file + ": expected a"),
            "should name " + file + ": " + thrown.getMessage());
      }
      Files.delete(file);
    }
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, random.nextInt());
    }
    return image;
  }

  @Test
  void aFolderWithoutImagesIsNamed() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "notes");
    assertOpenFails(
        folder
            + ": expected images as <class>/<image>.jpg, .jpeg or .png, found none among 1 files");
  }

  @Test
  void imagesAtAnotherDepthAreNamed() throws Exception {
    Path loose = ImageFiles.write(folder.resolve("1.png"), ORANGE);
    assertOpenFails(
        loose + ": expected images in class folders of " + folder + " only, as <class>/<image>");
    Files.delete(loose);
    Path deep = ImageFiles.write(folder.resolve("train/a/1.png"), ORANGE);
    assertOpenFails(
        deep + ": expected images in class folders of " + folder + " only, as <class>/<image>");
  }

  private void assertNextFails(String message) throws Exception {
    try (ImageFolderRecordReader reader = open()) {
      assertEquals(message, assertThrows(ImageDataException.class, reader::next).getMessage());
    }
  }

  private void assertOpenFails(String message) {
    assertEquals(message, assertThrows(ImageDataException.class, this::open).getMessage());
  }
}
