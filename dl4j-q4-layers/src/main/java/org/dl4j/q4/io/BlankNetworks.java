package org.dl4j.q4.io;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks whose parameters are all 0, to be set by the caller. Weights are not drawn: they would
 * be overwritten, and where they come from, as word vectors do, may not be in the configuration any
 * more.
 */
public final class BlankNetworks {

  private BlankNetworks() {}

  /**
   * @param configuration of a network
   * @return its number of parameters, for which no memory is taken
   */
  public static long parameters(MultiLayerConfiguration configuration) {
    long parameters = 0;
    for (NeuralNetConfiguration conf : configuration.getConfs()) {
      parameters = Math.addExact(parameters, conf.getLayer().initializer().numParams(conf));
    }
    return parameters;
  }

  /**
   * @param configuration of a graph
   * @return its number of parameters, for which no memory is taken
   */
  public static long parameters(ComputationGraphConfiguration configuration) {
    long parameters = 0;
    for (GraphVertex vertex : configuration.getVertices().values()) {
      parameters = Math.addExact(parameters, vertex.numParams(true));
    }
    return parameters;
  }

  /**
   * @param configuration of a network
   * @return the network, initialized
   */
  public static MultiLayerNetwork of(MultiLayerConfiguration configuration) {
    long parameters = parameters(configuration);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(zeros(configuration.getDataType(), parameters), false);
    return network;
  }

  /**
   * @param configuration of a graph
   * @return the graph, initialized
   */
  public static ComputationGraph of(ComputationGraphConfiguration configuration) {
    long parameters = parameters(configuration);
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(zeros(configuration.getDataType(), parameters), false);
    return graph;
  }

  private static INDArray zeros(DataType type, long length) {
    return length == 0 ? null : Nd4j.zeros(type, 1, length);
  }
}
