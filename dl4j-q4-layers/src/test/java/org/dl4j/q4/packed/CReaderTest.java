package org.dl4j.q4.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.dl4j.q4.quant.Dequantizer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The format as docs/q4-format.md has it, read by the C program that stands beside it. */
class CReaderTest {

  @TempDir private static Path folder;

  private static Path reader;

  /** The output's lines; standard error if the program failed. */
  private static List<String> run(int exit, String... command) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertEquals(exit, process.waitFor(), () -> String.join(" ", command) + ": " + text(out));
    return Files.readAllLines(out);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean hasGcc() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
  }

  @BeforeAll
  static void compile() throws Exception {
    assumeTrue(hasGcc() || System.getenv("CI") != null, "no gcc on this machine");
    reader = folder.resolve("q4-reader");
    run(
        0,
        "gcc",
        "-std=c99",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-fsanitize=undefined",
        "-fno-sanitize-recover",
        "-o",
        reader.toString(),
        Path.of("..", "docs", "q4-reader.c").toString());
  }

  static Stream<PackedModel> models() {
    WeightQuantization paper = WeightQuantization.PAPER;
    return Stream.of(
        PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, paper, 3)),
        PackedModel.of(
            PackedNetworks.network(
                2, DataType.DOUBLE, paper.withGranularity(Granularity.PER_CHANNEL), 3)),
        PackedModel.of(
                PackedNetworks.graph(
                    3, DataType.FLOAT, paper.withBits(3).withGranularity(Granularity.PER_CHANNEL)))
            .withLabels(List.of("a", "b"))
            .withActivationRanges(PackedNetworks.ranges()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void readsEveryValue(PackedModel model) throws Exception {
    Path file = folder.resolve("model.q4");
    model.write(file);

    List<String> lines = run(0, reader.toString(), file.toString());

    assertEquals(model.tensors().size(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      PackedTensor tensor = model.tensors().get(i);
      List<String> words = new ArrayList<>(List.of(lines.get(i).split(" ")));
      assertEquals(
          List.of(
              tensor.layer(),
              tensor.parameter(),
              "" + (tensor.isQuantized() ? tensor.bits() : 0),
              Arrays.stream(tensor.shape())
                  .mapToObj(Long::toString)
                  .collect(Collectors.joining("x"))),
          words.subList(0, 4));
      INDArray values =
          tensor.isQuantized() ? Dequantizer.values(tensor.quantized()) : tensor.values();
      double[] expected = values.dup('c').reshape(values.length()).toDoubleVector();
      assertEquals(4 + expected.length, words.size());
      for (int j = 0; j < expected.length; j++) {
        assertEquals(expected[j], Double.parseDouble(words.get(4 + j)), tensor + " " + j);
      }
    }
  }

  /** With a right checksum: what the format forbids is refused, and nothing is read astray. */
  @ParameterizedTest
  @CsvSource({
    "0, 40, codes of other than 2 to 8 bits",
    "0, 1, codes of other than 2 to 8 bits",
    "1, 5, a number of a width other than 4 and 8",
    "2, 9, scales along no dimension",
    "3, 0, other than 1 to 32 dimensions",
    "3, 33, other than 1 to 32 dimensions"
  })
  void noticesWhatTheFormatForbids(int at, int value, String message) throws Exception {
    Path file = folder.resolve("forbidden.q4");
    models().findFirst().orElseThrow().write(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[16 + 12 + 2 + 1 + 2 + 1 + at] = (byte) value; // the first tensor
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    Files.write(file, bytes);
    List<String> lines = run(1, reader.toString(), file.toString());
    assertEquals(message, lines.get(0).replaceFirst("^0 b ", ""));
  }

  @Test
  void noticesDamage() throws Exception {
    Path file = folder.resolve("damaged.q4");
    models().findFirst().orElseThrow().write(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertEquals(List.of("damaged"), run(1, reader.toString(), file.toString()));
    Files.write(file, Arrays.copyOf(bytes, 10));
    assertEquals(List.of("the file is cut off"), run(1, reader.toString(), file.toString()));
    assertTrue(run(1, reader.toString(), "none").get(0).startsWith("usage"));
  }
}
