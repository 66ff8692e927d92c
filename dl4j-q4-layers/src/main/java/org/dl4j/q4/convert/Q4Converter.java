package org.dl4j.q4.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastLayers;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.WeightQuantization;

/**
 * Turns existing configurations and trained networks into 4-bit ones, and back.
 *
 * <pre>{@code
 * MultiLayerNetwork q4 = Q4Converter.standard().convert(network).result();
 * }</pre>
 *
 * <p>What is handed in is never changed. Every layer that has a 4-bit counterpart becomes that,
 * inside wrappers ({@code Bidirectional}, {@code LastTimeStep}, {@code FrozenLayer}, …) as well,
 * unless the builder says otherwise; it keeps its name, sizes, activation, updater, regularization,
 * dropout, constraints and preprocessors. A network keeps its parameters, batch norm's statistics,
 * the updater's state and the counts of iterations and epochs: training goes on where it was. As
 * the weights are quantized at each pass, converting a trained network is post-training
 * quantization; training it further is fine-tuning. Listeners are not carried over, as
 * Deeplearning4j does not save them either.
 *
 * <p>Instances are immutable.
 */
public final class Q4Converter {

  private final LayerPolicy policy;

  private final boolean fast;

  private Q4Converter(LayerPolicy policy, boolean fast) {
    this.policy = policy;
    this.fast = fast;
  }

  /**
   * @return a converter of every layer that can be converted, with the paper's quantization
   */
  public static Q4Converter standard() {
    return builder().build();
  }

  /**
   * @return a builder whose defaults are {@link #standard()}'s
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * @param configuration left as it is
   * @return its 4-bit counterpart
   */
  public Conversion<MultiLayerConfiguration> convert(MultiLayerConfiguration configuration) {
    Conversion<MultiLayerConfiguration> converted =
        convert(configuration, converter -> converter.quantize(policy));
    return fast
        ? new Conversion<>(FastLayers.swap(converted.result()), converted.report())
        : converted;
  }

  /**
   * @param configuration left as it is
   * @return its 4-bit counterpart
   */
  public Conversion<ComputationGraphConfiguration> convert(
      ComputationGraphConfiguration configuration) {
    Conversion<ComputationGraphConfiguration> converted =
        convert(configuration, converter -> converter.quantize(policy));
    return fast
        ? new Conversion<>(FastLayers.swap(converted.result()), converted.report())
        : converted;
  }

  /**
   * @param network initialized; left as it is
   * @return its 4-bit counterpart
   */
  public Conversion<MultiLayerNetwork> convert(MultiLayerNetwork network) {
    Conversion<MultiLayerConfiguration> converted = convert(network.getLayerWiseConfigurations());
    return new Conversion<>(NetworkCopy.of(network, converted.result(), false), converted.report());
  }

  /**
   * @param graph initialized; left as it is
   * @return its 4-bit counterpart
   */
  public Conversion<ComputationGraph> convert(ComputationGraph graph) {
    Conversion<ComputationGraphConfiguration> converted = convert(graph.getConfiguration());
    return new Conversion<>(NetworkCopy.of(graph, converted.result(), false), converted.report());
  }

  /**
   * For those who do not know the kind, as after {@code ModelSerializer}'s loading by guess.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized; left as
   *     it is
   * @return its 4-bit counterpart, of the same kind
   * @throws IllegalArgumentException if it is of another kind
   */
  public Conversion<? extends Model> convert(Model network) {
    return EitherKind.of(network, this::convert, this::convert);
  }

  /**
   * The way back: a network of Deeplearning4j's own layers, but for what the report says is left.
   * It needs this library no more if nothing is, and its updaters, decay and constraints are
   * Deeplearning4j's, too.
   *
   * @param network initialized; left as it is
   * @param weights which weights it gets
   * @return its full-precision counterpart
   */
  public static Conversion<MultiLayerNetwork> toFullPrecision(
      MultiLayerNetwork network, FullPrecisionWeights weights) {
    Conversion<MultiLayerConfiguration> converted =
        convert(network.getLayerWiseConfigurations(), ConfigurationConverter::toFullPrecision);
    return new Conversion<>(
        NetworkCopy.of(network, converted.result(), weights == FullPrecisionWeights.QUANTIZED),
        converted.report());
  }

  /**
   * The way back: a graph of Deeplearning4j's own layers, but for what the report says is left. It
   * needs this library no more if nothing is, and its updaters, decay and constraints are
   * Deeplearning4j's, too.
   *
   * @param graph initialized; left as it is
   * @param weights which weights it gets
   * @return its full-precision counterpart
   */
  public static Conversion<ComputationGraph> toFullPrecision(
      ComputationGraph graph, FullPrecisionWeights weights) {
    Conversion<ComputationGraphConfiguration> converted =
        convert(graph.getConfiguration(), ConfigurationConverter::toFullPrecision);
    return new Conversion<>(
        NetworkCopy.of(graph, converted.result(), weights == FullPrecisionWeights.QUANTIZED),
        converted.report());
  }

  /**
   * The way back for those who do not know the kind.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized; left as
   *     it is
   * @param weights which weights it gets
   * @return its full-precision counterpart, of the same kind
   * @throws IllegalArgumentException if it is of another kind
   */
  public static Conversion<? extends Model> toFullPrecision(
      Model network, FullPrecisionWeights weights) {
    return EitherKind.of(
        network,
        multiLayer -> toFullPrecision(multiLayer, weights),
        graph -> toFullPrecision(graph, weights));
  }

  private static Conversion<MultiLayerConfiguration> convert(
      MultiLayerConfiguration configuration,
      Function<ConfigurationConverter, ConversionReport> how) {
    List<String> order =
        IntStream.range(0, configuration.getConfs().size())
            .mapToObj(Integer::toString)
            .collect(Collectors.toList());
    ConfigurationConverter converter = new ConfigurationConverter(configuration.toJson(), order);
    ConversionReport report = how.apply(converter);
    return new Conversion<>(MultiLayerConfiguration.fromJson(converter.json()), report);
  }

  private static Conversion<ComputationGraphConfiguration> convert(
      ComputationGraphConfiguration configuration,
      Function<ConfigurationConverter, ConversionReport> how) {
    ConfigurationConverter converter =
        new ConfigurationConverter(configuration.toJson(), NetworkCopy.order(configuration));
    ConversionReport report = how.apply(converter);
    return new Conversion<>(ComputationGraphConfiguration.fromJson(converter.json()), report);
  }

  /** Which layers, and how. */
  public static final class Builder {

    private WeightQuantization quantization = WeightQuantization.PAPER;
    private boolean keepFirst;
    private boolean keepLast;
    private boolean fast;
    private final Set<String> keptNames = new HashSet<>();
    private final Set<Class<?>> keptTypes = new HashSet<>();

    private Builder() {}

    /**
     * @param newQuantization how weights are quantized and clipped; as in the paper by default
     * @return this
     */
    public Builder quantization(WeightQuantization newQuantization) {
      this.quantization = Objects.requireNonNull(newQuantization, "quantization");
      return this;
    }

    /**
     * @param bits width of a weight's code, 2 to 8; 4 by default
     * @return this
     */
    public Builder bits(int bits) {
      return quantization(quantization.withBits(bits));
    }

    /**
     * @param granularity one scale a tensor (default), or one for each output channel
     * @return this
     */
    public Builder granularity(Granularity granularity) {
      return quantization(quantization.withGranularity(granularity));
    }

    /**
     * @param alpha of the tanh soft clip; 3 by default, 0 turns it off
     * @return this
     */
    public Builder softClip(double alpha) {
      return quantization(quantization.withSoftClip(alpha));
    }

    /**
     * Leaves the first layer that could be swapped at full precision.
     *
     * @return this
     */
    public Builder keepFirst() {
      this.keepFirst = true;
      return this;
    }

    /**
     * Leaves the last layer that could be swapped at full precision.
     *
     * @return this
     */
    public Builder keepLast() {
      this.keepLast = true;
      return this;
    }

    /**
     * Leaves layers at full precision.
     *
     * @param names of layers, or of a graph's vertices; converting fails if there is no such layer
     * @return this
     */
    public Builder keep(String... names) {
      keptNames.addAll(List.of(names));
      return this;
    }

    /**
     * Leaves layers at full precision.
     *
     * @param types classes of layers' configurations; subclasses are meant, too
     * @return this
     */
    public Builder keep(Class<?>... types) {
      keptTypes.addAll(List.of(types));
      return this;
    }

    /**
     * Swaps the layers that stay at full precision for those of {@link FastLayers}, which compute
     * the same on the kernels in use; the report does not tell of them.
     *
     * @return this
     */
    public Builder fastKernels() {
      this.fast = true;
      return this;
    }

    /**
     * @return the converter
     */
    public Q4Converter build() {
      return new Q4Converter(
          new LayerPolicy(quantization, keepFirst, keepLast, keptNames, keptTypes), fast);
    }
  }
}
