package org.dl4j.q4.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Binary CIFAR files made for tests, record by record. */
final class CifarFiles {
  private static final int PIXELS = 3072;

  private CifarFiles() {}

  /** A record whose pixel byte i is {@code first + i}, modulo 256. */
  static byte[] record(int first, int... labels) {
    byte[] record = new byte[labels.length + PIXELS];
    for (int i = 0; i < labels.length; i++) {
      record[i] = (byte) labels[i];
    }
    for (int i = 0; i < PIXELS; i++) {
      record[labels.length + i] = (byte) (first + i);
    }
    return record;
  }

  static void write(Path file, byte[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] record : records) {
      bytes.writeBytes(record);
    }
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
  }

  /** The five training files and the test file: the label of file i is i, the test file's 5. */
  static void writeCifar10(Path folder) throws IOException {
    for (int i = 0; i < 5; i++) {
      write(folder.resolve("data_batch_" + (i + 1) + ".bin"), record(i, i));
    }
    write(folder.resolve("test_batch.bin"), record(5, 5));
  }
}
