package org.dl4j.q4.benchmarks.contenders;

import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.infer.WeightStorage;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inference by an engine for the 4-bit VGG that ships, with integers or in FP32. */
public final class EngineInference implements Contender {

  private final int batch;
  private final InferenceEngine engine;
  private final RandomImages images;

  private EngineInference(boolean integers, WeightStorage storage, int batch) {
    this.batch = batch;
    images = new RandomImages(batch);
    MultiLayerNetwork network = Vggs.quantized();
    engine =
        InferenceEngine.builder(network)
            .integers(integers ? Vggs.ranges(network) : Map.of())
            .weights(storage)
            .build();
  }

  /**
   * @param args {@code INTEGERS} or {@code FLOATS}, the name of a {@link WeightStorage}, the batch
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () ->
            new EngineInference(
                args[0].equals("INTEGERS"),
                WeightStorage.valueOf(args[1]),
                Integer.parseInt(args[2])));
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT, "inference of %d by the VGG Q4: %s", batch, engine.describe());
  }

  @Override
  public double step() {
    INDArray features = images.next().getFeatures();
    return Stopwatch.milliseconds(() -> engine.output(features));
  }

  @Override
  public void close() {
    engine.close();
  }
}
