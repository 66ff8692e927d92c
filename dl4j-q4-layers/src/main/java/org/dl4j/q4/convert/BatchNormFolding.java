package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.ConversionReport.Entry;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.dl4j.q4.io.BlankNetworks;
import org.dl4j.q4.network.EitherKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Folds batch norm into the convolution or dense layer before it, for inference: with running mean
 * μ, running variance v, scale γ and shift β, per output channel,
 *
 * <pre>
 * W' = W · γ / √(v + ε)        b' = (b − μ) · γ / √(v + ε) + β
 * </pre>
 *
 * <p>The network computes the same but for rounding. A 4-bit layer keeps its codes, or their
 * negatives: its scale, whether one for the tensor or one a channel, becomes a fixed one for each
 * channel, which takes the channel's factor. It is for inference; training would go on from the
 * quantized weights, with scales that stay.
 *
 * <p>A batch norm is folded if it is the only one to read the layer before it, if that has no
 * activation function of its own, and nothing lies between them. A ReLU in a {@code
 * FastBatchNormalization} becomes the layer's. What is handed in is not changed; the updater's
 * state is not carried over.
 */
public final class BatchNormFolding {

  private BatchNormFolding() {}

  /**
   * @param network initialized; left as it is
   * @return its counterpart, and what became of each batch norm
   */
  public static Conversion<MultiLayerNetwork> fold(MultiLayerNetwork network) {
    FoldableJson json = new FoldableJson(network.getLayerWiseConfigurations().toJson());
    List<Entry> entries = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    List<Integer> norms = new ArrayList<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      if (!FoldedWeights.isBatchNorm(layer)) {
        kept.add(i);
        continue;
      }
      String reason =
          i == 0
              ? "nothing is before it"
              : network.getLayerWiseConfigurations().getInputPreProcess(i) != null
                  ? "a preprocessor lies between"
                  : FoldedWeights.reasonAgainst(layer, network.getLayer(i - 1));
      entries.add(entry(name(layer), layer, i > 0 ? name(network.getLayer(i - 1)) : null, reason));
      if (reason == null) {
        norms.add(i);
      } else {
        kept.add(i);
      }
    }
    json.removeLayers(norms, network);
    MultiLayerNetwork folded = BlankNetworks.of(MultiLayerConfiguration.fromJson(json.toString()));
    for (int i = 0; i < kept.size(); i++) {
      FoldedWeights.copy(network.getLayer(kept.get(i)), folded.getLayer(i));
      int next = kept.get(i) + 1;
      if (norms.contains(next)) {
        FoldedWeights.fold(
            network.getLayer(next), network.getLayer(kept.get(i)), folded.getLayer(i));
      }
    }
    return new Conversion<>(folded, new ConversionReport(entries));
  }

  /**
   * @param graph initialized; left as it is
   * @return its counterpart, and what became of each batch norm
   */
  public static Conversion<ComputationGraph> fold(ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    FoldableJson json = new FoldableJson(configuration.toJson());
    List<Entry> entries = new ArrayList<>();
    List<String> norms = new ArrayList<>();
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex.hasLayer() && FoldedWeights.isBatchNorm(vertex.getLayer())) {
        String name = vertex.getVertexName(); // layers of one configuration share its name
        String before = configuration.getVertexInputs().get(name).get(0);
        String reason = reasonAgainst(json, name, before, graph);
        entries.add(entry(name, vertex.getLayer(), before, reason));
        if (reason == null) {
          norms.add(name);
        }
      }
    }
    for (String norm : norms) {
      json.removeVertex(norm, graph.getLayer(norm));
    }
    ComputationGraph folded =
        BlankNetworks.of(ComputationGraphConfiguration.fromJson(json.toString()));
    NetworkCopy.copyVertexParameters(graph, folded);
    for (GraphVertex vertex : folded.getVertices()) {
      if (vertex.hasLayer()) {
        FoldedWeights.copy(graph.getLayer(vertex.getVertexName()), vertex.getLayer());
      }
    }
    for (String norm : norms) {
      String before = configuration.getVertexInputs().get(norm).get(0);
      FoldedWeights.fold(graph.getLayer(norm), graph.getLayer(before), folded.getLayer(before));
    }
    return new Conversion<>(folded, new ConversionReport(entries));
  }

  /**
   * For those who do not know the kind.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized; left as
   *     it is
   * @return its counterpart, of the same kind, and what became of each batch norm
   * @throws IllegalArgumentException if it is of another kind
   */
  public static Conversion<? extends Model> fold(Model network) {
    return EitherKind.of(network, BatchNormFolding::fold, BatchNormFolding::fold);
  }

  /**
   * How far apart the outputs of two networks are: ‖y₁ − y₂‖ / ‖y₁‖ over a batch. Of a 4-bit
   * network and its folded counterpart, what folding costs.
   *
   * @param one a network
   * @param other its counterpart
   * @param features a batch
   * @return the relative difference
   */
  public static double outputDifference(
      MultiLayerNetwork one, MultiLayerNetwork other, INDArray features) {
    return difference(one.output(features), other.output(features));
  }

  /**
   * How far apart the first outputs of two graphs are, as {@link
   * #outputDifference(MultiLayerNetwork, MultiLayerNetwork, INDArray)}.
   *
   * @param one a graph of one input
   * @param other its counterpart
   * @param features a batch
   * @return the relative difference
   */
  public static double outputDifference(
      ComputationGraph one, ComputationGraph other, INDArray features) {
    return difference(one.output(features)[0], other.output(features)[0]);
  }

  private static double difference(INDArray one, INDArray other) {
    return one.distance2(other) / one.norm2Number().doubleValue();
  }

  private static String reasonAgainst(
      FoldableJson json, String name, String before, ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    Layer layerBefore = graph.getLayer(before);
    if (layerBefore == null) {
      return "no layer is before it";
    }
    if (configuration.getNetworkOutputs().contains(before)) {
      return "the layer before it is an output of the graph";
    }
    long readers = 0;
    for (Map.Entry<String, List<String>> inputs : configuration.getVertexInputs().entrySet()) {
      readers += inputs.getValue().stream().filter(before::equals).count();
    }
    if (readers > 1) {
      return "others read the layer before it, too";
    }
    return json.hasPreProcessor(name)
        ? "a preprocessor lies between"
        : FoldedWeights.reasonAgainst(graph.getLayer(name), layerBefore);
  }

  private static Entry entry(String name, Layer norm, String before, String reason) {
    return new Entry(
        name,
        norm.conf().getLayer().getClass().getSimpleName(),
        reason == null ? Outcome.SWAPPED : Outcome.UNSUPPORTED,
        reason == null ? "folded into " + before : "left: " + reason);
  }

  /** Of a layer in a {@code MultiLayerNetwork}. */
  private static String name(Layer layer) {
    String name = layer.conf().getLayer().getLayerName();
    return name == null ? "layer " + layer.getIndex() : name;
  }
}
