package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.linalg.api.buffer.DataType;

/** A layer whose graph quantizes its weights itself ({@link QuantizedGraph}): the soft clip. */
final class SameDiffRuntime extends SameDiffLayer {

  private final LayerQuantization weights = new LayerQuantization(this);

  SameDiffRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    super.applyConstraints(iteration, epoch);
    weights.softClip();
  }
}
