package org.dl4j.q4.packed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Whole files from which {@link PackedModelFuzzTest} begins; each is followed by one byte that says
 * what is to be done with it. {@code main} writes them to the directory that it is given.
 */
final class FuzzSeeds {

  private FuzzSeeds() {}

  static Map<String, PackedModel> models() {
    WeightQuantization paper = WeightQuantization.PAPER;
    Map<String, PackedModel> models = new LinkedHashMap<>();
    models.put(
        "float",
        PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, paper, 2))
            .withLabels(List.of("a", "b", "c"))
            .withImageInput(new ImageInput(6, 6, new float[] {0, 0}, new float[] {1, 1})));
    models.put(
        "double", PackedModel.of(PackedNetworks.network(2, DataType.DOUBLE, paper.withBits(3), 2)));
    models.put(
        "fixed",
        PackedModel.of(
            PackedNetworks.network(
                3,
                DataType.FLOAT,
                paper.withGranularity(Granularity.PER_CHANNEL).withScaleMode(ScaleMode.FIXED),
                2)));
    models.put("graph", PackedModel.of(PackedNetworks.graph(4, DataType.FLOAT, paper)));
    models.put(
        "ranges",
        PackedModel.of(PackedNetworks.graph(5, DataType.FLOAT, paper))
            .withActivationRanges(PackedNetworks.ranges()));
    return models;
  }

  /**
   * @param arguments the directory
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Path file = Files.createTempFile("seed", ".q4");
    for (Map.Entry<String, PackedModel> model : models().entrySet()) {
      model.getValue().write(file);
      Files.write(
          folder.resolve(model.getKey()),
          new ByteWriter().raw(Files.readAllBytes(file)).u8(0).toByteArray());
    }
    Files.delete(file);
  }
}
