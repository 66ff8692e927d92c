package org.dl4j.q4.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.quant.ActivationRange;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Ranges of activations in a packed model and its file. */
class ActivationRangesTest {

  private static PackedModel plain;

  @TempDir private Path folder;

  @BeforeAll
  static void pack() {
    plain = PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 2));
  }

  private byte[] bytes(PackedModel model) throws IOException {
    Path file = folder.resolve("model.q4");
    model.write(file);
    assertEquals(Files.size(file), model.fileLength());
    return Files.readAllBytes(file);
  }

  /** As bits, since -0 is equal to 0. */
  private static void assertSame(
      Map<String, ActivationRange> expected, Map<String, ActivationRange> actual) {
    assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(actual.keySet()));
    expected.forEach(
        (name, range) -> {
          int min = Float.floatToRawIntBits(actual.get(name).min());
          assertEquals(Float.floatToRawIntBits(range.min()), min, name);
          int max = Float.floatToRawIntBits(actual.get(name).max());
          assertEquals(Float.floatToRawIntBits(range.max()), max, name);
        });
  }

  @Test
  void comeBackBitForBitInTheirOrder() throws IOException {
    bytes(plain.withActivationRanges(PackedNetworks.ranges()));

    PackedModel read = PackedModel.read(folder.resolve("model.q4"));

    assertSame(PackedNetworks.ranges(), read.activationRanges());
  }

  @Test
  void stayWithWhatIsAddedLater() throws IOException {
    PackedModel model =
        plain
            .withActivationRanges(PackedNetworks.ranges())
            .withLabels(List.of("a", "b", "c"))
            .withImageInput(new ImageInput(6, 6, new float[2], new float[] {1, 1}));
    bytes(model);
    PackedModel read = PackedModel.read(folder.resolve("model.q4"));

    assertSame(PackedNetworks.ranges(), read.activationRanges());
    assertEquals(List.of("a", "b", "c"), read.labels());
    PackedModel other = read.withActivationRanges(Map.of("in", new ActivationRange(0, 1)));
    assertEquals(Map.of("in", new ActivationRange(0, 1)), other.activationRanges());
    assertEquals(List.of("a", "b", "c"), other.labels());
    assertEquals(6, other.imageInput().orElseThrow().height());
  }

  /** docs/q4-format.md, written out by hand. */
  @Test
  void lieInTheFileAsPublished() throws IOException {
    byte[] without = bytes(plain);
    Map<String, ActivationRange> ranges = new LinkedHashMap<>();
    ranges.put("é", new ActivationRange(-1, 2));
    ranges.put("x", new ActivationRange(0, 0.5f));

    byte[] with = bytes(plain.withActivationRanges(ranges));

    ByteBuffer chunk = ByteBuffer.allocate(4 + 8 + 27).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put("ACTV".getBytes(StandardCharsets.US_ASCII)).putLong(27).putInt(2);
    chunk.putShort((short) 2).put((byte) 0xc3).put((byte) 0xa9).putFloat(-1).putFloat(2);
    chunk.putShort((short) 1).put((byte) 'x').putFloat(0).putFloat(0.5f);
    assertEquals(without.length + chunk.capacity(), with.length);
    assertArrayEquals(chunk.array(), Arrays.copyOfRange(with, 16, 16 + chunk.capacity()));
    assertArrayEquals( // all else but the checksum
        Arrays.copyOfRange(without, 16, without.length - 4),
        Arrays.copyOfRange(with, 16 + chunk.capacity(), with.length - 4));
  }

  @Test
  void areNoneUnlessGivenAndCannotBeChanged() throws IOException {
    bytes(plain);
    assertTrue(PackedModel.read(folder.resolve("model.q4")).activationRanges().isEmpty());
    Map<String, ActivationRange> ranges = PackedNetworks.ranges();
    PackedModel model = plain.withActivationRanges(ranges);
    ranges.clear();
    assertSame(PackedNetworks.ranges(), model.activationRanges());
    assertThrows(UnsupportedOperationException.class, () -> model.activationRanges().clear());
    assertTrue(plain.activationRanges().isEmpty());
  }
}
