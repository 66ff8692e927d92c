package org.dl4j.q4.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Whatever happened to a file, reading it gives the model or an error that says what is wrong. */
class DamagedFileTest {

  @TempDir private Path folder;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.q4");
    PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 2))
        .withLabels(List.of("a", "b", "c"))
        .withImageInput(new ImageInput(6, 6, new float[] {0, 0}, new float[] {1, 1}))
        .withActivationRanges(ranges())
        .write(file);
    whole = Files.readAllBytes(file);
  }

  private static Map<String, ActivationRange> ranges() {
    Map<String, ActivationRange> ranges = new LinkedHashMap<>();
    ranges.put("a", new ActivationRange(-1, 2));
    ranges.put("b", new ActivationRange(0, 3));
    return ranges;
  }

  private PackedModelException read(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    PackedModelException thrown =
        assertThrows(PackedModelException.class, () -> PackedModel.read(file));
    assertTrue(
        thrown.getMessage().startsWith(file + ": ")
            || thrown.getMessage().startsWith(file + ", chunk "),
        thrown::getMessage);
    assertEquals(1, thrown.getMessage().lines().count(), thrown::getMessage);
    return thrown;
  }

  @Test
  void cutOffAtEveryLength() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      read(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void anyBitFlipped() throws IOException {
    for (int i = 0; i < whole.length; i++) {
      for (int bit = i % 2; bit < Byte.SIZE; bit += 2) { // every other one, for time
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) (1 << bit);
        read(damaged);
      }
    }
  }

  /** As an attacker would: the checksum is right. */
  @Test
  void anyByteChangedUnderARightChecksum() throws IOException {
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < whole.length - Integer.BYTES; i += 2) {
      byte[] changed = whole.clone();
      changed[i] = (byte) random.nextInt();
      Files.write(file, MutatedFile.withChecksum(changed));
      try {
        PackedModel.read(file).network();
        read++;
      } catch (PackedModelException e) {
        assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      }
    }
    assertTrue(read > 0, "a changed code or bias is a model as well");
  }

  @Test
  void moreThanTheEnd() throws IOException {
    read(Arrays.copyOf(whole, whole.length + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 2, 'expected version 1 of the format, found 2'",
    "12, 99, 'expected 99 tensors, found 10'",
  })
  void anotherVersionOrNumberOfTensors(int at, int value, String message) throws IOException {
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    assertTrue(read(MutatedFile.withChecksum(whole)).getMessage().endsWith(message));
  }

  @Test
  void absurdLengths() throws IOException {
    for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 40, Integer.MAX_VALUE, whole.length}) {
      byte[] damaged = whole.clone();
      ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(20, length);
      String message = read(MutatedFile.withChecksum(damaged)).getMessage();
      assertTrue(message.contains("the chunk at byte 16 says that it has"), message);
    }
  }

  @Test
  void absurdShapes() throws IOException {
    // The first tensor's name, four bytes and sizes: each size becomes the largest there is.
    int tensor = indexOf("TENS");
    int shape = tensor + 12 + 2 + 1 + 2 + 1 + 4;
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(shape, -1);
    String message = read(MutatedFile.withChecksum(whole)).getMessage();
    assertTrue(message.contains("chunk 'TENS', byte "), message);
  }

  @Test
  void anUnknownChunkIsSkipped() throws IOException {
    byte[] extension = {'X', 'T', 'R', 'A', 2, 0, 0, 0, 0, 0, 0, 0, 'h', 'i'};
    ByteBuffer longer = ByteBuffer.allocate(whole.length + extension.length);
    longer.put(whole, 0, 16).put(extension).put(whole, 16, whole.length - 16);
    Files.write(file, MutatedFile.withChecksum(longer.array()));
    assertEquals(List.of("a", "b", "c"), PackedModel.read(file).labels());
  }

  @Test
  void anotherNetworksParameters() throws IOException {
    PackedModel one =
        PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 2));
    PackedModel other =
        PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 3));
    PackedModel mixed =
        new PackedModel(false, one.configuration(), other.tensors(), List.of(), null, Map.of());
    PackedModelException thrown = assertThrows(PackedModelException.class, mixed::network);
    assertTrue(thrown.getMessage().contains("parameters, the file holds"), thrown::getMessage);
    PackedModel bits =
        PackedModel.of(
            PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER.withBits(3), 2));
    PackedModel confused =
        new PackedModel(false, one.configuration(), bits.tensors(), List.of(), null, Map.of());
    thrown = assertThrows(PackedModelException.class, confused::network);
    assertTrue(thrown.getMessage().contains("should be 4-bit codes"));
  }

  /** Of memory, a file gets no more than is in it. */
  @Test
  void manyTinyChunksAndNames() throws IOException {
    byte[] tiny = {'X', 'T', 'R', 'A', 0, 0, 0, 0, 0, 0, 0, 0};
    int count = 1_000_000;
    ByteBuffer longer = ByteBuffer.allocate(whole.length + count * tiny.length);
    longer.put(whole, 0, 16);
    for (int i = 0; i < count; i++) {
      longer.put(tiny);
    }
    longer.put(whole, 16, whole.length - 16);
    Files.write(file, MutatedFile.withChecksum(longer.array()));
    assertEquals(3, PackedModel.read(file).labels().size());

    ByteBuffer labels = ByteBuffer.allocate(whole.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    labels.put(whole, 0, 16).put(new byte[] {'L', 'A', 'B', 'L'}).putLong(4).putInt(6_000_000);
    labels.put(whole, 16, whole.length - 16);
    assertTrue(
        read(MutatedFile.withChecksum(labels.array()))
            .getMessage()
            .contains("at most 1048576 class names"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'codes of 2 to 8 bits'",
    "9, 'codes of 2 to 8 bits'",
    "-1, 'numbers of 4 or 8 bytes'",
    "-2, 'expected 255 or a dimension'",
    "-3, '1 to 32 dimensions'"
  })
  void whatNoTensorIs(int what, String message) throws IOException {
    int bits = indexOf("TENS") + 12 + 2 + 1 + 2 + 1; // of the bias "b" of layer "0"
    whole[what > 0 ? bits : bits - what] = (byte) (what > 0 ? what : what == -3 ? 0 : 77);
    assertTrue(read(MutatedFile.withChecksum(whole)).getMessage().contains(message));
  }

  @Test
  void aConfigurationThatIsNestedWithoutEnd() throws IOException {
    PackedModel model = PackedModel.read(file);
    new PackedModel(false, "[".repeat(100_000), model.tensors(), List.of(), null, Map.of())
        .write(file);
    assertTrue(read(Files.readAllBytes(file)).getMessage().contains("nested deeper than 200"));
  }

  @Test
  void aCodeThatDoesNotOccur() throws IOException {
    int tensor = indexOf("TENS");
    int weights = new String(whole, StandardCharsets.ISO_8859_1).indexOf("TENS", tensor + 1);
    whole[weights + 12 + 2 + 1 + 2 + 1 + 4 + 16 + 4] = (byte) 0x88; // two codes of −8
    String message = read(MutatedFile.withChecksum(whole)).getMessage();
    assertTrue(
        message.contains("Parameter \"W\" of layer \"0\": Expected codes from -7 to 7"), message);
  }

  /** The payload: number, then twice a name of one letter, the smallest and the largest. */
  @ParameterizedTest
  @CsvSource({
    "0, -1, 'at most 65536 ranges'",
    "0, 65537, 'at most 65536 ranges'",
    "0, 65536, 'the chunk ends early'",
    "0, 3, 'the chunk ends early'",
    "0, 1, 'expected the end of the chunk, found 11 bytes more'",
    "7, 0x7fc00000, 'Expected finite activations, the smallest first, found NaN and 2.0'",
    "11, 0x7fc00000, 'Expected finite activations, the smallest first, found -1.0 and NaN'",
    "11, 0x7f800000, 'Expected finite activations, the smallest first, found -1.0 and Infinity'",
    "7, 0x40800000, 'Expected finite activations, the smallest first, found 4.0 and 2.0'",
  })
  void whatNoRangesAre(int at, String value, String message) throws IOException {
    int payload = indexOf("ACTV") + 12;
    ByteBuffer.wrap(whole)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(payload + at, Integer.decode(value));
    String found = read(MutatedFile.withChecksum(whole)).getMessage();
    assertTrue(found.contains("chunk 'ACTV', byte ") && found.endsWith(message), found);
  }

  @Test
  void aRangeThatIsThereTwice() throws IOException {
    whole[indexOf("ACTV") + 12 + 4 + 11 + 2] = 'a';
    String message = read(MutatedFile.withChecksum(whole)).getMessage();
    assertTrue(message.endsWith("the range of \"a\" is there twice"), message);
  }

  @Test
  void otherFiles() throws IOException {
    assertTrue(read(new byte[0]).getMessage().contains("expected a packed model (.q4)"));
    assertTrue(read("hello".getBytes(StandardCharsets.UTF_8)).getMessage().contains("otherwise"));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
    }
    assertTrue(read(Files.readAllBytes(file)).getMessage().contains("found a zip file"));
    PackedModelException thrown =
        assertThrows(PackedModelException.class, () -> PackedModel.read(folder));
    assertTrue(thrown.getMessage().endsWith("found no file"));
  }

  private int indexOf(String chunk) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    return text.indexOf(chunk);
  }
}
