package org.dl4j.q4.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Any bytes at all: {@link PackedModel#read} and {@link PackedModel#network} give a model that is
 * what the file says, or a {@link PackedModelException}. With {@code JAZZER_FUZZ=1} in the
 * environment Jazzer makes inputs up; else those are run that are kept beside the class, seeds and
 * what was found once.
 */
class PackedModelFuzzTest {

  private static final List<byte[]> SEEDS = new ArrayList<>();
  private static Path file;

  /** And makes their networks: what loads classes takes longer than an input may. */
  @BeforeAll
  static void readSeeds() throws IOException {
    file = Files.createTempFile("fuzz", ".q4");
    for (String name : List.of("float", "double", "fixed", "graph", "ranges")) {
      String resource = "PackedModelFuzzTestInputs/reads/" + name;
      try (InputStream in = PackedModelFuzzTest.class.getResourceAsStream(resource)) {
        byte[] seed = in.readAllBytes();
        SEEDS.add(Arrays.copyOf(seed, seed.length - 1));
      }
    }
    for (byte[] seed : SEEDS) {
      Files.write(file, seed);
      PackedModel model = PackedModel.read(file);
      requireSame(model, model.network());
    }
  }

  @AfterAll
  static void delete() throws IOException {
    Files.delete(file);
  }

  @FuzzTest(maxDuration = "20s")
  void reads(FuzzedDataProvider data) throws IOException {
    Files.write(file, bytes(data));
    PackedModel model;
    Model network;
    try {
      model = PackedModel.read(file);
      network = model.network();
    } catch (PackedModelException e) {
      assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      return;
    }
    requireSame(model, network);
  }

  /** The last byte says how the others are used. */
  private static byte[] bytes(FuzzedDataProvider data) {
    switch (Byte.toUnsignedInt(data.consumeByte()) % 4) {
      case 0:
        return data.consumeRemainingAsBytes();
      case 1:
        byte[] bytes = data.consumeRemainingAsBytes();
        return bytes.length < Integer.BYTES ? bytes : MutatedFile.withChecksum(bytes);
      default:
        MutatedFile mutated = new MutatedFile(data.pickValue(SEEDS));
        for (int i = data.consumeInt(1, 8); i > 0; i--) {
          mutated.mutate(data);
        }
        return mutated.toByteArray();
    }
  }

  /** Packed again, its codes, scales and numbers are those of the file. */
  private static void requireSame(PackedModel model, Model network) {
    assertEquals(
        model.tensors().stream().mapToLong(PackedTensor::length).sum(), network.numParams());
    PackedModel again = PackedModel.of(network);
    assertEquals(model.tensors().size(), again.tensors().size());
    for (PackedTensor tensor : model.tensors()) {
      PackedTensor other = find(again, tensor);
      assertEquals(tensor.bits(), other.bits());
      assertEquals(tensor.type(), other.type());
      assertArrayEquals(tensor.shape(), other.shape());
      if (tensor.isQuantized()) {
        assertArrayEquals(tensor.scaleBytes(), other.scaleBytes(), tensor::toString);
        assertArrayEquals(tensor.elementBytes(), other.elementBytes(), tensor::toString);
      } else { // a NaN may get other bits
        assertArrayEquals(
            tensor.values().dup('c').data().asDouble(), other.values().dup('c').data().asDouble());
      }
    }
  }

  private static PackedTensor find(PackedModel model, PackedTensor like) {
    return model.tensors().stream()
        .filter(other -> other.toString().equals(like.toString()))
        .findFirst()
        .orElseThrow();
  }
}
