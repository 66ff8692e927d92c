package org.dl4j.q4.examples.model;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4j.q4.layers.FastActivationLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * SimpleResNet4bit of arXiv 2603.13931 for 32×32 colour images: convolutions 3×3 → batch norm →
 * ReLU of 16, 16, 32, 32, 64 and 64 channels, the third and the fifth with stride 2; the second
 * adds its input before its ReLU; then global average pooling → linear → softmax. 73,178 trainable
 * parameters for 10 classes.
 *
 * <p>The paper says of the second convolution no more than "identity skip"; the sum before the ReLU
 * is that of He et al., arXiv 1512.03385.
 */
public final class SimpleResNet4bit extends PaperModel<SimpleResNet4bit> {

  /**
   * @param classes number of classes
   */
  public SimpleResNet4bit(int classes) {
    super(classes);
  }

  /**
   * @return the configuration of a {@link org.deeplearning4j.nn.graph.ComputationGraph}
   */
  public ComputationGraphConfiguration graphConfiguration() {
    ComputationGraphConfiguration.GraphBuilder graph =
        builder().graphBuilder().addInputs("image").setInputTypes(IMAGES);
    graph.addLayer("conv1", convolution("conv1", 16, 1), layout(), "image");
    graph.addLayer("bn1", batchNorm("bn1", true), "conv1");

    graph.addLayer("conv2", convolution("conv2", 16, 1), "bn1");
    graph.addLayer("bn2", batchNorm("bn2", false), "conv2");
    graph.addVertex("skip", new ElementWiseVertex(ElementWiseVertex.Op.Add), "bn2", "bn1");
    graph.addLayer("relu2", new FastActivationLayer(Activation.RELU), "skip");

    String last = "relu2";
    last = block(graph, 3, 32, 2, last);
    last = block(graph, 4, 32, 1, last);
    last = block(graph, 5, 64, 2, last);
    last = block(graph, 6, 64, 1, last);

    graph.addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
    return graph.addLayer("linear", output("linear", 0), "pool").setOutputs("linear").build();
  }

  private String block(
      ComputationGraphConfiguration.GraphBuilder graph,
      int index,
      int channels,
      int stride,
      String input) {
    String convolution = "conv" + index;
    String batchNorm = "bn" + index;
    graph.addLayer(convolution, convolution(convolution, channels, stride), input);
    graph.addLayer(batchNorm, batchNorm(batchNorm, true), convolution);
    return batchNorm;
  }
}
