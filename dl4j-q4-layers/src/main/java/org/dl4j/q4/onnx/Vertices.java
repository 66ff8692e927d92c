package org.dl4j.q4.onnx;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.dl4j.q4.network.Step;

/** Vertices of a {@code ComputationGraph} that are no layers. */
final class Vertices {

  private Vertices() {}

  /**
   * @throws UnsupportedInOnnxException if it cannot be written
   */
  static Value write(Step step, List<Value> inputs, GraphWriter graph) {
    GraphVertex vertex = step.vertex();
    Value first = inputs.get(0);
    for (Value input : inputs) {
      Checks.supported(
          input.layout() == first.layout(),
          step,
          "inputs of layouts " + first.layout() + " and " + input.layout());
    }
    if (vertex instanceof PreprocessorVertex) {
      return PreProcessors.write(
          step, ((PreprocessorVertex) vertex).getPreProcessor(), first, graph);
    }
    List<String> names = inputs.stream().map(Value::name).collect(Collectors.toList());
    if (vertex instanceof ElementWiseVertex) {
      return first.renamed(elementWise(step, names, graph));
    }
    if (vertex instanceof MergeVertex) {
      int axis = first.layout().inOnnx(((MergeVertex) vertex).getMergeAxis());
      return first.renamed(
          graph.node("Concat", step.name() + "/concat", names, Attributes.of("axis", axis)));
    }
    if (vertex instanceof ScaleVertex) {
      double factor = ((ScaleVertex) vertex).getScaleFactor();
      return first.renamed(withConstant("Mul", step, first.name(), factor, graph));
    }
    if (vertex instanceof ShiftVertex) {
      double shift = ((ShiftVertex) vertex).getShiftFactor();
      return first.renamed(withConstant("Add", step, first.name(), shift, graph));
    }
    throw new UnsupportedInOnnxException(
        step.describe()
            + " cannot be written to ONNX; supported are layers, ElementWiseVertex, MergeVertex,"
            + " PreprocessorVertex, ScaleVertex and ShiftVertex");
  }

  private static String elementWise(Step step, List<String> inputs, GraphWriter graph) {
    ElementWiseVertex.Op op = ((ElementWiseVertex) step.vertex()).getOp();
    switch (op) {
      case Add:
        return graph.node(inputs.size() == 2 ? "Add" : "Sum", step.name() + "/add", inputs);
      case Average:
        return graph.node("Mean", step.name() + "/mean", inputs);
      case Max:
        return graph.node("Max", step.name() + "/max", inputs);
      case Subtract:
        return graph.node("Sub", step.name() + "/sub", inputs);
      case Product:
        String product = inputs.get(0);
        for (String factor : inputs.subList(1, inputs.size())) {
          product = graph.node("Mul", step.name() + "/mul", List.of(product, factor));
        }
        return product;
      default:
        throw Checks.unsupported(step, "operation " + op);
    }
  }

  private static String withConstant(
      String type, Step step, String input, double value, GraphWriter graph) {
    String constant =
        graph.initializer(
            Tensors.floats(graph.unique(step.name() + "/constant"), new float[] {(float) value}));
    return graph.node(type, step.name() + "/shifted_or_scaled", List.of(input, constant));
  }
}
