package org.dl4j.q4.benchmarks.contenders;

import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** One training step of the VGG in Deeplearning4j as shipped: {@code fit(DataSet)}. */
public final class StockVggStep implements Contender {

  private final MultiLayerNetwork network = new MultiLayerNetwork(StockVgg.configuration());
  private final RandomImages images = new RandomImages(RandomImages.BATCH);
  private final String natives = Jars.named("nd4j-native-\\d.*-(linux|macosx|windows)-");

  private StockVggStep() {
    if (natives.isEmpty() || natives.contains("onednn")) {
      throw new IllegalStateException(
          "Stock Deeplearning4j is measured on the plain native build alone; found "
              + (natives.isEmpty() ? "none" : natives));
    }
    network.init();
  }

  /**
   * @param args none
   */
  public static void main(String[] args) {
    ContenderMain.run(StockVggStep::new);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "VGG FP32 of %,d parameters; %s. Native build %s",
        network.numParams(),
        Jars.named("deeplearning4j-nn"),
        natives);
  }

  @Override
  public double step() {
    DataSet batch = images.next();
    return Stopwatch.milliseconds(() -> network.fit(batch));
  }
}
