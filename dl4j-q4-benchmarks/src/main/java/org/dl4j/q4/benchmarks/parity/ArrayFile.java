package org.dl4j.q4.benchmarks.parity;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Arrays of numbers by name, in a file. All numbers big-endian, as {@link DataOutputStream} writes
 * them:
 *
 * <pre>
 *   long    0x5134504152495459, "Q4PARITY"
 *   int     version, 1
 *   int     how many arrays
 *   for each:  UTF name, int length, that many doubles
 * </pre>
 *
 * <p>Floats are kept exactly, as doubles.
 */
final class ArrayFile {

  private static final long MAGIC = 0x5134504152495459L;
  private static final int VERSION = 1;

  private ArrayFile() {}

  /**
   * @param file is replaced, if it is there, once all is written
   * @param arrays by name
   * @throws IOException if it cannot be written
   */
  static void write(Path file, Map<String, double[]> arrays) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      out.writeLong(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(arrays.size());
      for (Map.Entry<String, double[]> array : arrays.entrySet()) {
        out.writeUTF(array.getKey());
        out.writeInt(array.getValue().length);
        byte[] bytes = new byte[Math.multiplyExact(array.getValue().length, Double.BYTES)];
        ByteBuffer.wrap(bytes).asDoubleBuffer().put(array.getValue());
        out.write(bytes);
      }
    }
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @param file what {@link #write} wrote
   * @return arrays by name
   * @throws IOException if it cannot be read, is another kind of file or ends too early
   */
  static Map<String, double[]> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readLong() != MAGIC) {
        throw new IOException(file + " holds no arrays: it does not begin with Q4PARITY");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException(file + " is of version " + version + "; known is " + VERSION);
      }
      Map<String, double[]> arrays = new TreeMap<>();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        String name = in.readUTF();
        double[] array = new double[in.readInt()];
        byte[] bytes = new byte[Math.multiplyExact(array.length, Double.BYTES)];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(array);
        arrays.put(name, array);
      }
      return arrays;
    }
  }
}
