package org.dl4j.q4.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.network.EitherKind;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * L2 norms of a step's gradient: of each parameter g<sub>p</sub>, and of all together, {@code ‖g‖₂
 * = √Σ‖g_p‖₂²}. g is the gradient of the mean loss over the minibatch; what DL4J passes along as
 * gradients but are updates, such as the running statistics of batch normalization, is left out.
 * Immutable.
 */
public final class GradientNorms {

  private final Map<String, Double> norms;
  private final double total;
  private final double factor;

  private GradientNorms(Map<String, Double> norms, double total, double factor) {
    this.norms = norms;
    this.total = total;
    this.factor = factor;
  }

  /**
   * To be called in {@code onGradientCalculation}, where DL4J's gradient is still the sum over the
   * minibatch: the norms are divided by its size.
   *
   * @param model a {@code MultiLayerNetwork} or a {@code ComputationGraph}
   * @return the norms of the gradient that it holds now
   * @throws IllegalArgumentException if it is of neither kind
   */
  public static GradientNorms of(Model model) {
    return of(gradients(model), divisor(model));
  }

  static GradientNorms of(Map<String, INDArray> gradients, double divisor) {
    Map<String, Double> norms = new LinkedHashMap<>();
    double squares = 0;
    for (Map.Entry<String, INDArray> gradient : gradients.entrySet()) {
      double norm = gradient.getValue().norm2Number().doubleValue();
      squares += norm * norm;
      norms.put(gradient.getKey(), norm / divisor);
    }
    return new GradientNorms(norms, Math.sqrt(squares) / divisor, 1);
  }

  /** The gradient is clipped to {@code factor · g}. */
  GradientNorms clippedBy(double clippingFactor) {
    return new GradientNorms(norms, total, clippingFactor);
  }

  /**
   * @return of all parameters together, before clipping
   */
  public double total() {
    return total;
  }

  /**
   * @param parameter its name in the network's {@code paramTable()}, such as {@code 0_W}
   * @return its norm before clipping; empty if it has no gradient, as in a frozen layer
   */
  public OptionalDouble of(String parameter) {
    Double norm = norms.get(parameter);
    return norm == null ? OptionalDouble.empty() : OptionalDouble.of(norm);
  }

  /**
   * @return what clipping multiplied the gradient with, and so every norm; 1 if it did nothing
   */
  public double factor() {
    return factor;
  }

  static double divisor(Model model) {
    return model.conf().isMiniBatch() ? model.batchSize() : 1;
  }

  /** Views of the gradients by the names of the network's parameters. */
  static Map<String, INDArray> gradients(Model model) {
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    Trainable[] parts =
        EitherKind.of(model, network -> layers(network, names), graph -> vertices(graph, names));
    for (int i = 0; i < parts.length; i++) {
      add(parts[i], names.get(i), gradients);
    }
    return gradients;
  }

  private static Trainable[] layers(MultiLayerNetwork network, List<String> names) {
    for (int i = 0; i < network.getnLayers(); i++) {
      names.add(String.valueOf(i));
    }
    return network.getLayers();
  }

  /** Some vertices without a layer have weights. */
  private static Trainable[] vertices(ComputationGraph graph, List<String> names) {
    for (GraphVertex vertex : graph.getVertices()) {
      names.add(vertex.getVertexName());
    }
    return graph.getVertices();
  }

  private static void add(Trainable part, String name, Map<String, INDArray> gradients) {
    INDArray view = part.numParams() == 0 ? null : part.getGradientsViewArray();
    if (view == null) {
      return; // no parameters, or frozen
    }
    INDArray flat = view.reshape(view.length());
    long offset = 0;
    for (Map.Entry<String, INDArray> param : part.paramTable(false).entrySet()) {
      long end = offset + param.getValue().length();
      if (part.updaterDivideByMinibatch(param.getKey())) {
        gradients.put(name + "_" + param.getKey(), flat.get(NDArrayIndex.interval(offset, end)));
      }
      offset = end;
    }
  }
}
