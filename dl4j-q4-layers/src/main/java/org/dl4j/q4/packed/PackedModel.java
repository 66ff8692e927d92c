package org.dl4j.q4.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.quant.ActivationRange;

/**
 * A network as inference needs it: codes packed, their scales, all other parameters as they are,
 * and the configuration. In memory, or in a {@code .q4} file, whose format is published in
 * docs/q4-format.md. Immutable.
 *
 * <p>{@link #network()} gives the network again: its codes, scales and outputs are bit for bit
 * those of the network that was packed. What is lost are the float weights that training updates,
 * and the updater's state: training can go on, but from the quantized weights.
 */
public final class PackedModel {

  private final boolean graph;
  private final String configuration;
  private final List<PackedTensor> tensors;
  private final List<String> labels;
  private final ImageInput imageInput;
  private final Map<String, ActivationRange> ranges;

  PackedModel(
      boolean graph,
      String configuration,
      List<PackedTensor> tensors,
      List<String> labels,
      ImageInput imageInput,
      Map<String, ActivationRange> ranges) {
    this.graph = graph;
    this.configuration = configuration;
    this.tensors = List.copyOf(tensors);
    this.labels = List.copyOf(labels);
    this.imageInput = imageInput;
    this.ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
  }

  /**
   * Packs a network; a layer at full precision keeps its numbers.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized, FLOAT or
   *     DOUBLE; left as it is
   * @return what inference needs of it
   * @throws IllegalArgumentException if it is of another kind or type
   * @throws org.dl4j.q4.quant.NonFiniteWeightException if weights hold a NaN or an infinity
   */
  public static PackedModel of(Model network) {
    return EitherKind.of(
        network,
        layers ->
            packed(false, layers.getLayerWiseConfigurations().toJson(), NetworkPart.of(layers)),
        graph -> packed(true, graph.getConfiguration().toJson(), NetworkPart.of(graph)));
  }

  private static PackedModel packed(boolean graph, String json, List<NetworkPart> parts) {
    List<PackedTensor> tensors = new ArrayList<>();
    parts.forEach(part -> tensors.addAll(part.pack()));
    return new PackedModel(graph, json, tensors, List.of(), null, Map.of());
  }

  /**
   * Reads a file, which is not trusted: of its configuration only classes are made that are
   * Deeplearning4j's, ND4J's or this library's, or that are handed in.
   *
   * @param file a {@code .q4} file
   * @param custom classes of the caller's own that its configuration may name as well, such as
   *     layers, activations or schedules
   * @return the model in it
   * @throws PackedModelException if it is none, is damaged, is of a newer version, or names other
   *     classes, saying where
   * @throws IOException if it cannot be read
   */
  public static PackedModel read(Path file, Class<?>... custom) throws IOException {
    Set<String> names = Arrays.stream(custom).map(Class::getName).collect(Collectors.toSet());
    return PackedDecoder.read(file, new ConfigurationCheck(names));
  }

  /**
   * @param file any file
   * @return whether it begins as a {@code .q4} file does
   * @throws IOException if it cannot be read
   */
  public static boolean isPacked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PackedFormat.MAGIC.length), PackedFormat.MAGIC);
    }
  }

  /**
   * @param file replaced if it is there, and never left half-written
   * @throws IOException if it cannot be written; the file is as it was then
   */
  public void write(Path file) throws IOException {
    PackedEncoder.write(this, file);
  }

  /**
   * @return bytes of its file
   */
  public long fileLength() {
    return PackedEncoder.length(this);
  }

  /**
   * @param names of the classes, in the order of the outputs
   * @return this model with them
   */
  public PackedModel withLabels(List<String> names) {
    return new PackedModel(graph, configuration, tensors, names, imageInput, ranges);
  }

  /**
   * @param input how images become inputs
   * @return this model with it
   */
  public PackedModel withImageInput(ImageInput input) {
    Objects.requireNonNull(input, "input");
    return new PackedModel(graph, configuration, tensors, labels, input, ranges);
  }

  /**
   * @param newRanges of activations, by the names of layers and vertices, for integer inference
   * @return this model with them
   */
  public PackedModel withActivationRanges(Map<String, ActivationRange> newRanges) {
    return new PackedModel(graph, configuration, tensors, labels, imageInput, newRanges);
  }

  /**
   * @return a new network with these parameters: a {@code MultiLayerNetwork} or a {@code
   *     ComputationGraph}, as was packed
   * @throws PackedModelException if configuration and parameters do not belong together
   */
  public Model network() throws PackedModelException {
    return NetworkBuilder.build(this);
  }

  /**
   * @return whether it is of a {@code ComputationGraph}
   */
  public boolean isGraph() {
    return graph;
  }

  /**
   * @return Deeplearning4j's configuration as JSON
   */
  public String configuration() {
    return configuration;
  }

  /**
   * @return the parameters, in the network's order
   */
  public List<PackedTensor> tensors() {
    return tensors;
  }

  /**
   * @return the names of the classes, in the order of the outputs; none if they are not known
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * @return how images become inputs, if it is known and they do
   */
  public Optional<ImageInput> imageInput() {
    return Optional.ofNullable(imageInput);
  }

  /**
   * @return between which values activations lie, by the names of the input, of layers and of
   *     vertices; none if it was not calibrated
   */
  public Map<String, ActivationRange> activationRanges() {
    return ranges;
  }
}
