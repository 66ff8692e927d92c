package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class CifarRecordReaderTest {
  @TempDir Path folder;

  private static CifarRecordReader open(CifarFormat format, Path... files) throws Exception {
    CifarRecordReader reader = new CifarRecordReader(format);
    reader.initialize(split(files));
    return reader;
  }

  private static InputSplit split(Path... files) {
    List<URI> uris = new ArrayList<>();
    for (Path file : files) {
      uris.add(file.toUri());
    }
    return new CollectionInputSplit(uris);
  }

  private static int label(List<Writable> record) {
    return record.get(1).toInt();
  }

  private static INDArray image(List<Writable> record) {
    return ((NDArrayWritable) record.get(0)).get();
  }

  @Test
  void aCifar10RecordIsALabelAndThreeRowMajorPlanes() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(7, 9));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      List<Writable> record = reader.next();
      assertEquals(9, label(record));
      INDArray image = image(record);
      assertEquals(DataType.UINT8, image.dataType());
      assertEquals("[3, 32, 32]", Arrays.toString(image.shape()));
      assertEquals(7, image.getInt(0, 0, 0));
      assertEquals(8, image.getInt(0, 0, 1));
      assertEquals(7 + 32, image.getInt(0, 1, 0));
      // Green starts 1,024 = 4 · 256 bytes later: the same value; a row and a half on it is 48
      // more.
      assertEquals(7, image.getInt(1, 0, 0));
      assertEquals(7 + 48, image.getInt(1, 1, 16));
      assertEquals((7 + 3071) % 256, image.getInt(2, 31, 31));
      assertFalse(reader.hasNext());
    }
  }

  @Test
  void planesAreRedGreenBlue() throws Exception {
    byte[] record = new byte[3073];
    Arrays.fill(record, 1, 1025, (byte) 200);
    Arrays.fill(record, 1025, 2049, (byte) 100);
    Arrays.fill(record, 2049, 3073, (byte) 50);
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, record);
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      INDArray image = image(reader.next());
      assertEquals(200, image.getInt(0, 31, 31));
      assertEquals(100, image.getInt(1, 0, 0));
      assertEquals(50, image.getInt(2, 0, 0));
    }
  }

  @Test
  void aCifar100RecordHasACoarseThenAFineLabel() throws Exception {
    Path file = folder.resolve("train.bin");
    CifarFiles.write(file, CifarFiles.record(3, 19, 99), CifarFiles.record(4, 0, 42));
    try (CifarRecordReader fine = open(CifarFormat.CIFAR100_FINE, file);
        CifarRecordReader coarse = open(CifarFormat.CIFAR100_COARSE, file)) {
      List<Writable> first = fine.next();
      assertEquals(99, label(first));
      assertEquals(3, image(first).getInt(0, 0, 0));
      assertEquals(42, label(fine.next()));
      assertEquals(19, label(coarse.next()));
      List<Writable> second = coarse.next();
      assertEquals(0, label(second));
      assertEquals(4, image(second).getInt(0, 0, 0));
    }
  }

  @Test
  void classNamesAreThePublishedOnesInTheirOrder() throws Exception {
    Path file = folder.resolve("train.bin");
    CifarFiles.write(file, CifarFiles.record(0, 0, 0));
    try (CifarRecordReader fine = open(CifarFormat.CIFAR100_FINE, file);
        CifarRecordReader coarse = open(CifarFormat.CIFAR100_COARSE, file)) {
      assertEquals(100, fine.getLabels().size());
      assertEquals("apple", fine.getLabels().get(0));
      assertEquals("crocodile", fine.getLabels().get(27));
      assertEquals("worm", fine.getLabels().get(99));
      assertEquals(20, coarse.getLabels().size());
      assertEquals("aquatic_mammals", coarse.getLabels().get(0));
      assertEquals("people", coarse.getLabels().get(14));
      assertEquals("vehicles_2", coarse.getLabels().get(19));
    }
    Path cifar10 = folder.resolve("data_batch_1.bin");
    CifarFiles.write(cifar10, CifarFiles.record(0, 0));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, cifar10)) {
      assertEquals(
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"),
          reader.getLabels());
    }
  }

  @Test
  void aListOfClassNamesBesideTheRecordsIsRead() throws Exception {
    CifarFiles.writeCifar10(folder);
    Path names = folder.resolve("batches.meta.txt");
    Files.write(names, List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", ""));
    Path file = folder.resolve("test_batch.bin");
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      assertEquals("j", reader.getLabels().get(9));
    }
    Files.write(names, List.of("a", "b"));
    assertMessage(names + ": expected 10 class names, found 2", CifarFormat.CIFAR10, file);
  }

  @Test
  void filesAreReadInTheOrderOfTheirNames() throws Exception {
    CifarFiles.writeCifar10(folder);
    Path[] files = CifarFormat.CIFAR10.trainFiles(folder).toArray(new Path[0]);
    Path[] reversed = {files[4], files[3], files[2], files[1], files[0]};
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, reversed)) {
      for (int pass = 0; pass < 2; pass++) {
        for (int expected = 0; expected < 5; expected++) {
          assertEquals(expected, label(reader.next()));
        }
        assertThrows(NoSuchElementException.class, reader::next);
        reader.reset();
      }
      reader.next();
      reader.reset();
      assertEquals(0, label(reader.next()));
    }
  }

  @Test
  void filesOfAFolderThatAreNoRecordsArePassedOver() throws Exception {
    CifarFiles.write(folder.resolve("test_batch.bin"), CifarFiles.record(0, 6));
    Files.writeString(folder.resolve("readme.html"), "<html>");
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    try (reader) {
      Configuration configuration = new Configuration();
      reader.initialize(configuration, new FileSplit(folder.toFile()));
      assertEquals(configuration, reader.getConf());
      assertEquals(6, label(reader.next()));
      assertFalse(reader.hasNext());
    }
  }

  @Test
  void aRecordIsLoadedAgainFromItsMetaData() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(0, 1), CifarFiles.record(1, 2));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      RecordMetaData first = reader.nextRecord().getMetaData();
      Record second = reader.nextRecord();
      List<Record> loaded = reader.loadFromMetaData(List.of(second.getMetaData(), first));
      assertEquals(second.getRecord(), loaded.get(0).getRecord());
      assertEquals(1, label(loaded.get(1).getRecord()));
      RecordMetaData foreign = new RecordMetaDataURI(file.toUri());
      assertThrows(IllegalArgumentException.class, () -> reader.loadFromMetaData(foreign));
    }
  }

  @Test
  void aRecordIsReadFromAStream() throws Exception {
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    URI uri = folder.resolve("x.bin").toUri();
    DataInputStream stream =
        new DataInputStream(new ByteArrayInputStream(CifarFiles.record(11, 4)));
    List<Writable> record = reader.record(uri, stream);
    assertEquals(4, label(record));
    assertEquals(12, image(record).getInt(0, 0, 1));
    ImageDataException atEnd =
        assertThrows(ImageDataException.class, () -> reader.record(uri, stream));
    assertEquals(
        folder.resolve("x.bin") + ": expected 3073 bytes for record 0 at offset 0, found 0",
        atEnd.getMessage());
  }

  @Test
  void listenersSeeEachRecord() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(0, 1), CifarFiles.record(1, 2));
    List<Object> seen = new ArrayList<>();
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      reader.setListeners(new RecordingListener(seen));
      Record record = reader.nextRecord();
      assertEquals(List.of(record), seen);
    }
  }

  @Test
  void aFileThatEndsWithinARecordIsRefused() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(0, 1), new byte[100]);
    assertMessage(
        file
            + ": expected whole records of 3073 bytes (cifar10 binary format), found 3173 bytes:"
            + " 1 records and 100 bytes more",
        CifarFormat.CIFAR10,
        file);
  }

  @Test
  void aFileOfTheOtherFormatIsRefused() throws Exception {
    Path file = folder.resolve("test.bin");
    CifarFiles.write(file, CifarFiles.record(0, 1));
    assertMessage(
        file
            + ": expected whole records of 3074 bytes (cifar100 binary format), found 3073 bytes:"
            + " 0 records and 3073 bytes more",
        CifarFormat.CIFAR100_FINE,
        file);
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file);
    assertMessage(
        file
            + ": expected whole records of 3073 bytes (cifar10 binary format), found 0 bytes:"
            + " 0 records and 0 bytes more",
        CifarFormat.CIFAR10,
        file);
  }

  @Test
  void aSplitWithoutRecordsIsRefused() throws IOException {
    assertMessage(
        "Expected .bin files of the cifar10 binary format, found no files", CifarFormat.CIFAR10);
    Path readme = Files.writeString(folder.resolve("readme.html"), "<html>");
    assertMessage(
        "Expected .bin files of the cifar10 binary format, found only [" + readme + "]",
        CifarFormat.CIFAR10,
        readme);
  }

  @Test
  void aLabelOutOfRangeNamesItsOffset() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(0, 9), CifarFiles.record(0, 10));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      reader.next();
      assertEquals(
          file + ": expected a label from 0 to 9 at offset 3073 (record 1), found 10",
          assertThrows(ImageDataException.class, reader::next).getMessage());
    }
  }

  @Test
  void bothLabelsOfCifar100AreChecked() throws Exception {
    Path file = folder.resolve("test.bin");
    CifarFiles.write(file, CifarFiles.record(0, 20, 0));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR100_FINE, file)) {
      assertEquals(
          file + ": expected a label from 0 to 19 at offset 0 (record 0), found 20",
          assertThrows(ImageDataException.class, reader::next).getMessage());
    }
    CifarFiles.write(file, CifarFiles.record(0, 0, 200));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR100_COARSE, file)) {
      assertEquals(
          file + ": expected a label from 0 to 99 at offset 1 (record 0), found 200",
          assertThrows(ImageDataException.class, reader::next).getMessage());
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsNoticed() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    CifarFiles.write(file, CifarFiles.record(0, 1), CifarFiles.record(0, 2));
    try (CifarRecordReader reader = open(CifarFormat.CIFAR10, file)) {
      CifarFiles.write(file, CifarFiles.record(0, 1), new byte[73]);
      reader.next();
      assertEquals(
          file + ": expected 3073 bytes for record 1 at offset 3073, found 73",
          assertThrows(ImageDataException.class, reader::next).getMessage());
    }
  }

  @Test
  void trainAndTestFilesAreNeverMixed() throws Exception {
    CifarFiles.writeCifar10(folder);
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    ImageDataException thrown =
        assertThrows(
            ImageDataException.class, () -> reader.initialize(new FileSplit(folder.toFile())));
    assertTrue(
        thrown
            .getMessage()
            .startsWith("Expected either the training files or the test file, found both: ["),
        thrown.getMessage());
  }

  @Test
  void aRemoteLocationIsRefused() {
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    InputSplit remote = new CollectionInputSplit(List.of(URI.create("hdfs://host/test.bin")));
    assertEquals(
        "hdfs://host/test.bin: expected the URI of a file",
        assertThrows(ImageDataException.class, () -> reader.initialize(remote)).getMessage());
  }

  @Test
  void labelsAreUnknownBeforeInitialize() {
    CifarRecordReader reader = new CifarRecordReader(CifarFormat.CIFAR10);
    assertThrows(IllegalStateException.class, reader::getLabels);
    assertFalse(reader.hasNext());
  }

  private static void assertMessage(String expected, CifarFormat format, Path... files) {
    assertEquals(
        expected, assertThrows(ImageDataException.class, () -> open(format, files)).getMessage());
  }
}
