package org.dl4j.q4.examples.model;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.layers.FastSubsamplingLayer;

/**
 * VGG4bit of arXiv 2603.13931 for 32×32 colour images: three blocks of [convolution 3×3 → batch
 * norm → ReLU] × 2 → max pooling 2×2, of 64, 128 and 256 channels; then linear 4096 → 512 → batch
 * norm → ReLU → dropout 0.5 → linear → softmax. 3,251,018 trainable parameters for 10 classes,
 * 3,297,188 for 100; {@code numParams()} counts the running statistics of batch norm too.
 */
public final class Vgg4bit extends PaperModel<Vgg4bit> {

  private static final int[] CHANNELS = {64, 128, 256};
  private static final int HIDDEN = 512;
  private static final String INPUT = "image";

  private double dropout = 0.5;

  /**
   * @param classes number of classes
   */
  public Vgg4bit(int classes) {
    super(classes);
  }

  /**
   * @param probability probability of dropping a hidden unit; 0.5 by default, 0 for none
   * @return this
   */
  public Vgg4bit dropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1); got " + probability);
    }
    this.dropout = probability;
    return this;
  }

  /**
   * @return the configuration of a {@link org.deeplearning4j.nn.multilayer.MultiLayerNetwork}
   */
  public MultiLayerConfiguration configuration() {
    NeuralNetConfiguration.ListBuilder list = builder().list();
    layers().forEach(list::layer);
    if (layout() != null) {
      list.inputPreProcessor(0, layout());
    }
    return list.setInputType(IMAGES).build();
  }

  /**
   * @return the same as the configuration of a {@link
   *     org.deeplearning4j.nn.graph.ComputationGraph}; from the same seed it starts with the same
   *     weights
   */
  public ComputationGraphConfiguration graphConfiguration() {
    ComputationGraphConfiguration.GraphBuilder graph =
        builder().graphBuilder().addInputs(INPUT).setInputTypes(IMAGES);
    String previous = INPUT;
    for (Layer layer : layers()) {
      String name = layer.getLayerName();
      graph.addLayer(name, layer, previous.equals(INPUT) ? layout() : null, previous);
      previous = name;
    }
    return graph.setOutputs(previous).build();
  }

  private List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int block = 0; block < CHANNELS.length; block++) {
      for (int half = 1; half <= 2; half++) {
        String name = (block + 1) + "-" + half;
        layers.add(convolution("conv" + name, CHANNELS[block], 1));
        layers.add(batchNorm("bn" + name, true));
      }
      layers.add(
          new FastSubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .name("pool" + (block + 1))
              .kernelSize(2, 2)
              .stride(2, 2)
              .build());
    }
    layers.add(linear("linear1", HIDDEN));
    layers.add(batchNorm("bn-linear1", true));
    layers.add(output("linear2", dropout));
    return layers;
  }
}
