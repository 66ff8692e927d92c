package org.dl4j.q4.examples.model;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A {@link MultiLayerNetwork}, or a {@link ComputationGraph} of one input and one output, by what
 * both can do: DL4J's own common interfaces leave out most of it.
 */
public final class ImageNetwork {

  private final Model model;

  /** Null if {@link #model} is a graph. */
  private final MultiLayerNetwork network;

  /** Null if {@link #model} is no graph. */
  private final ComputationGraph graph;

  /**
   * @param network a network
   */
  public ImageNetwork(MultiLayerNetwork network) {
    this.model = network;
    this.network = network;
    this.graph = null;
  }

  /**
   * @param graph a graph of one input and one output
   */
  public ImageNetwork(ComputationGraph graph) {
    this.model = graph;
    this.network = null;
    this.graph = graph;
  }

  /**
   * @param model a network of either kind
   * @return it
   * @throws IllegalArgumentException if it is neither
   */
  public static ImageNetwork of(Model model) {
    if (model instanceof MultiLayerNetwork) {
      return new ImageNetwork((MultiLayerNetwork) model);
    }
    if (model instanceof ComputationGraph) {
      return new ImageNetwork((ComputationGraph) model);
    }
    throw new IllegalArgumentException(
        "Expected a MultiLayerNetwork or a ComputationGraph, found " + model.getClass().getName());
  }

  /**
   * @return the network itself
   */
  public Model model() {
    return model;
  }

  /**
   * @param images one epoch of them
   */
  public void fit(DataSetIterator images) {
    ((NeuralNetwork) model).fit(images);
  }

  /**
   * @param images [batch, 3, height, width]
   * @return probabilities [batch, classes]
   */
  public INDArray output(INDArray images) {
    return network != null ? network.output(images) : graph.outputSingle(images);
  }

  /**
   * @param listeners are added to those that it has
   */
  public void addListeners(TrainingListener... listeners) {
    model.addListeners(listeners);
  }

  /**
   * @return its layers, the first of them a layer with weights
   */
  public Layer[] layers() {
    return network != null ? network.getLayers() : graph.getLayers();
  }

  /**
   * @return the layer that computes the loss
   */
  public Layer outputLayer() {
    return network != null ? network.getOutputLayer() : graph.getOutputLayer(0);
  }

  /**
   * @return epochs done
   */
  public int epochCount() {
    return network != null ? network.getEpochCount() : graph.getEpochCount();
  }

  /**
   * @return how many updates its parameters have had
   */
  public int iterationCount() {
    return network != null ? network.getIterationCount() : graph.getIterationCount();
  }

  /**
   * @param iterations how many updates its parameters are said to have had
   */
  public void setIterationCount(int iterations) {
    if (network != null) {
      network.setIterationCount(iterations);
    } else {
      graph.getConfiguration().setIterationCount(iterations);
    }
  }

  /**
   * @return the learning rate of the next step
   */
  public double learningRate() {
    return layers()[0]
        .conf()
        .getLayer()
        .getUpdaterByParam("W")
        .getLearningRate(iterationCount(), epochCount());
  }
}
