package org.dl4j.q4.benchmarks.contenders;

import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inference by the 4-bit VGG that ships, activations in float: {@code output(features)}. */
public final class VggInference implements Contender {

  private final int batch;
  private final MultiLayerNetwork network = Vggs.quantized();
  private final RandomImages images;

  private VggInference(int batch) {
    this.batch = batch;
    images = new RandomImages(batch);
  }

  /**
   * @param args the batch
   */
  public static void main(String[] args) {
    ContenderMain.run(() -> new VggInference(Integer.parseInt(args[0])));
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "inference of %d by the VGG Q4 of %,d parameters. %s",
        batch,
        network.numParams(),
        Kernels.describe());
  }

  @Override
  public double step() {
    INDArray features = images.next().getFeatures();
    return Stopwatch.milliseconds(() -> network.output(features));
  }
}
