package org.dl4j.q4.benchmarks.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayFileTest {

  @TempDir private Path directory;

  @Test
  void arraysComeBackToTheBit() throws IOException {
    Path file = directory.resolve("run.arrays");
    double[] numbers = {1.0 / 3, -0.0, Double.MIN_VALUE, Double.NaN, 1e300};
    ArrayFile.write(file, Map.of("10/conv1.W", numbers, "empty", new double[0]));
    Map<String, double[]> read = ArrayFile.read(file);
    assertEquals(2, read.size());
    assertArrayEquals(numbers, read.get("10/conv1.W"));
    assertArrayEquals(new double[0], read.get("empty"));
    assertEquals(1, directory.toFile().list().length, "nothing unfinished is left");
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    Path file = directory.resolve("run.arrays");
    ArrayFile.write(file, Map.of("a", new double[] {2}));
    ByteBuffer expected = ByteBuffer.allocate(8 + 4 + 4 + 2 + 1 + 4 + 8);
    expected.put("Q4PARITY".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(1);
    expected.putShort((short) 1).put((byte) 'a').putInt(1).putDouble(2);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void otherFilesAndPiecesAreRefused() throws IOException {
    Path file = directory.resolve("run.arrays");
    ArrayFile.write(file, Map.of("a", new double[] {2}));
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThrows(EOFException.class, () -> ArrayFile.read(file));

    whole[11] = 2;
    Files.write(file, whole);
    IOException version = assertThrows(IOException.class, () -> ArrayFile.read(file));
    assertTrue(version.getMessage().contains("is of version 2; known is 1"), version.getMessage());

    whole[0] = 0;
    Files.write(file, whole);
    IOException other = assertThrows(IOException.class, () -> ArrayFile.read(file));
    assertTrue(other.getMessage().contains("does not begin with Q4PARITY"), other.getMessage());
  }
}
