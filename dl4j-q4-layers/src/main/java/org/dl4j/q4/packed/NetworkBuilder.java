package org.dl4j.q4.packed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.io.BlankNetworks;

/** Makes a network of a {@link PackedModel}. */
final class NetworkBuilder {

  private NetworkBuilder() {}

  static Model build(PackedModel model) throws PackedModelException {
    try {
      return model.isGraph() ? graph(model) : network(model);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // Deeplearning4j checks little and throws what comes
      throw new PackedModelException("The network in it cannot be made: " + firstLine(e), e);
    }
  }

  private static MultiLayerNetwork network(PackedModel model) {
    MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(model.configuration());
    requireParameters(BlankNetworks.parameters(configuration), model);
    MultiLayerNetwork network = BlankNetworks.of(configuration);
    unpack(NetworkPart.of(network), model);
    return network;
  }

  private static ComputationGraph graph(PackedModel model) {
    ComputationGraphConfiguration configuration =
        ComputationGraphConfiguration.fromJson(model.configuration());
    requireParameters(BlankNetworks.parameters(configuration), model);
    ComputationGraph graph = BlankNetworks.of(configuration);
    unpack(NetworkPart.of(graph), model);
    return graph;
  }

  /** Before memory is taken for them: a damaged configuration may ask for any number. */
  private static void requireParameters(long expected, PackedModel model) {
    long found = model.tensors().stream().mapToLong(PackedTensor::length).sum();
    if (found != expected) {
      throw new IllegalArgumentException(
          "Its configuration has " + expected + " parameters, the file holds " + found);
    }
  }

  private static void unpack(List<NetworkPart> parts, PackedModel model) {
    Map<String, Map<String, PackedTensor>> tensors = new LinkedHashMap<>();
    for (PackedTensor tensor : model.tensors()) {
      tensors
          .computeIfAbsent(tensor.layer(), name -> new LinkedHashMap<>())
          .put(tensor.parameter(), tensor);
    }
    for (NetworkPart part : parts) {
      Map<String, PackedTensor> found = tensors.remove(part.name());
      part.unpack(found == null ? Map.of() : found);
    }
    if (!tensors.isEmpty()) {
      throw new IllegalArgumentException(
          "It holds parameters of layers that its configuration has not: " + tensors.keySet());
    }
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse(e.toString());
  }
}
