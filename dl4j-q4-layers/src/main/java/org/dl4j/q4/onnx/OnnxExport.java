package org.dl4j.q4.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.convert.BatchNormFolding;
import org.dl4j.q4.io.AtomicFile;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.ActivationRange;

/**
 * Writes a network's inference as an ONNX file: opset 21, IR version 10, everything FP32 but the
 * quantized weights, unless {@link Builder#eightBitActivations} is asked for. Those are their
 * codes, INT4 up to 4 bits and INT8 above, and their scale (one, or one for each output channel),
 * through {@code DequantizeLinear}; both as the layer's own inference uses them, never computed
 * anew from values.
 *
 * <p>A single input is named "input", several have their names in the graph; outputs have their
 * layers' names (Deeplearning4j calls the last of four that have none "layer3"). Shapes are those
 * of the network, [batch, channels, height, width] for images or [batch, height, width, channels]
 * for a network that takes them so; the batch may be of any size. So may images, unless {@link
 * Builder#imageSize} sets it: a network does not know the size of its images.
 *
 * <p>{@code docs/onnx.md} lists the layers. DOUBLE networks are rounded to FP32. Immutable.
 */
public final class OnnxExport {

  private static final int OPSET = 21;
  private static final int IR_VERSION = 10;
  private static final String PRODUCER = "dl4j-q4";

  private final String height;
  private final String width;
  private final Map<String, ActivationRange> ranges;

  private OnnxExport(Builder builder) {
    this.height = builder.height;
    this.width = builder.width;
    this.ranges = builder.ranges;
  }

  /**
   * @return an export with images of any size
   */
  public static OnnxExport standard() {
    return builder().build();
  }

  /**
   * @return a builder with the defaults of {@link #standard}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}; left as it is
   * @param file replaced if it is there
   * @throws UnsupportedInOnnxException if a layer, vertex, preprocessor or activation cannot be
   *     written: the message names it; then no file is written
   * @throws IllegalArgumentException if the network is of neither kind, or not initialized, or a
   *     range of its activations is missing
   * @throws org.dl4j.q4.quant.NonFiniteWeightException if weights to quantize hold a NaN or an
   *     infinity
   * @throws IOException if the file cannot be written
   */
  public void write(Model network, Path file) throws IOException {
    ModelProto model = model(network);
    AtomicFile.write(
        file.toAbsolutePath(),
        part -> {
          try (OutputStream out = Files.newOutputStream(part)) {
            model.writeTo(out);
          }
        });
  }

  private ModelProto model(Model network) {
    NetworkSteps steps = NetworkSteps.of(network);
    if (ranges != null) {
      steps = NetworkSteps.of(BatchNormFolding.fold(network).result());
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .setGraph(graph(steps));
    model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
    return model.build();
  }

  private GraphProto graph(NetworkSteps network) {
    network.steps().stream().filter(Step::isLayer).forEach(LayerExports::of); // before the inputs
    Set<String> reserved = new HashSet<>(network.outputs());
    network.inputs().forEach(input -> reserved.add(network.inputName(input)));
    GraphWriter graph = new GraphWriter(PRODUCER, reserved);
    RoundedActivations rounding = RoundedActivations.of(network, ranges);
    Map<String, Value> outputs = new HashMap<>(); // of inputs and steps, as they are
    Map<String, Value> values = new HashMap<>(); // as the steps behind read them
    for (String input : network.inputs()) {
      outputs.put(input, input(network, input, graph));
      values.put(input, rounding.behindInput(input, outputs.get(input), graph));
    }
    for (Step step : network.steps()) {
      List<Value> inputs = new ArrayList<>();
      step.inputs().forEach(input -> inputs.add(values.get(input)));
      Value output =
          step.isLayer()
              ? layer(step, inputs.get(0), rounding, graph)
              : Vertices.write(step, inputs, graph);
      outputs.put(step.name(), output);
      values.put(step.name(), rounding.behind(step, inputs.get(0), output, graph));
    }
    for (String output : network.outputs()) {
      OutputShape.write(network, output, outputs.get(output), graph);
    }
    return graph.build();
  }

  private Value input(NetworkSteps network, String input, GraphWriter graph) {
    InputShape shape = InputShape.of(network, input, height, width);
    String name = network.inputName(input);
    graph.input(name, shape.dimensions());
    if (shape.layout() == Layout.NHWC) {
      name =
          graph.node(
              "Transpose",
              name + "/channels_first",
              List.of(name),
              Attributes.list("perm", Layout.toChannelsFirst()));
    }
    return new Value(name, shape.layout());
  }

  private static Value layer(
      Step step, Value input, RoundedActivations rounding, GraphWriter graph) {
    Value shaped = PreProcessors.write(step, step.preProcessor(), input, graph);
    return LayerExports.of(step)
        .write(step, rounding.behindPreProcessor(input, shaped, graph), graph);
  }

  /** Options of an export. */
  public static final class Builder {

    private String height = InputShape.ANY_HEIGHT;
    private String width = InputShape.ANY_WIDTH;

    private Map<String, ActivationRange> ranges;

    private Builder() {}

    /**
     * Writes the size of the images, if the network takes any, for tools that ask for one.
     *
     * @param imageHeight in pixels
     * @param imageWidth in pixels
     * @return this builder
     */
    public Builder imageSize(int imageHeight, int imageWidth) {
      if (imageHeight < 1 || imageWidth < 1) {
        throw new IllegalArgumentException(
            "The size of images must be at least 1×1; got " + imageHeight + "×" + imageWidth);
      }
      this.height = Integer.toString(imageHeight);
      this.width = Integer.toString(imageWidth);
      return this;
    }

    /**
     * Writes the network for inference in integers: batch norm folded, activations rounded to 8
     * bits before each convolution and dense layer, weights as INT8 and biases as INT32. {@code
     * docs/onnx.md} says how.
     *
     * @param activationRanges of {@link org.dl4j.q4.infer.Calibration#ranges} for the network
     * @return this builder
     */
    public Builder eightBitActivations(Map<String, ActivationRange> activationRanges) {
      this.ranges = Map.copyOf(activationRanges);
      return this;
    }

    /**
     * @return the export
     */
    public OnnxExport build() {
      return new OnnxExport(this);
    }
  }
}
