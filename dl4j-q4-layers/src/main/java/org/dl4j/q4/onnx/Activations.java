package org.dl4j.q4.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dl4j.q4.network.Step;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** Activation functions, as they are in inference. */
final class Activations {

  /** Those that are an operator of ONNX with its default attributes. */
  private static final Map<Class<?>, String> OPERATORS =
      Map.of(
          ActivationTanH.class, "Tanh",
          ActivationSigmoid.class, "Sigmoid",
          ActivationSELU.class, "Selu",
          ActivationSoftPlus.class, "Softplus",
          ActivationSoftSign.class, "Softsign",
          ActivationMish.class, "Mish",
          ActivationHardSigmoid.class, "HardSigmoid");

  private static final Map<Class<?>, Export> OTHERS = new HashMap<>();

  private interface Export {
    String write(Step step, IActivation function, String input, GraphWriter graph);
  }

  static {
    OTHERS.put(ActivationIdentity.class, (step, function, input, graph) -> input);
    OTHERS.put(ActivationReLU.class, Activations::relu);
    OTHERS.put(ActivationReLU6.class, (step, f, input, graph) -> clip(step, 0, 6, input, graph));
    OTHERS.put(
        ActivationHardTanH.class, (step, f, input, graph) -> clip(step, -1, 1, input, graph));
    OTHERS.put(
        ActivationLReLU.class,
        (step, f, input, graph) -> leaky(step, ((ActivationLReLU) f).getAlpha(), input, graph));
    OTHERS.put(
        ActivationELU.class,
        (step, f, input, graph) ->
            parametric("Elu", step, ((ActivationELU) f).getAlpha(), input, graph));
    OTHERS.put(
        ActivationThresholdedReLU.class,
        (step, f, input, graph) ->
            parametric(
                "ThresholdedRelu", step, ((ActivationThresholdedReLU) f).getTheta(), input, graph));
    OTHERS.put(
        ActivationSwish.class,
        (step, f, input, graph) ->
            product(step, "swish", input, unary("Sigmoid", step, input, graph), graph));
    OTHERS.put(
        ActivationCube.class,
        (step, f, input, graph) ->
            product(step, "cube", input, product(step, "square", input, input, graph), graph));
    OTHERS.put(
        ActivationRectifiedTanh.class,
        (step, f, input, graph) -> unary("Relu", step, unary("Tanh", step, input, graph), graph));
  }

  private Activations() {}

  /**
   * @param step whose activation it is
   * @throws UnsupportedInOnnxException if ONNX cannot express it
   */
  static Value write(Step step, IActivation function, Value input, GraphWriter graph) {
    Class<?> type = function.getClass();
    if (OPERATORS.containsKey(type)) {
      return input.renamed(unary(OPERATORS.get(type), step, input.name(), graph));
    }
    if (OTHERS.containsKey(type)) {
      return input.renamed(OTHERS.get(type).write(step, function, input.name(), graph));
    }
    if (function instanceof ActivationSoftmax) {
      Checks.supported(!input.layout().isImages(), step, "softmax of images");
      return input.renamed(
          graph.node(
              "Softmax",
              step.name() + "/softmax",
              List.of(input.name()),
              Attributes.of("axis", 1)));
    }
    throw Checks.unsupported(step, "activation " + function);
  }

  /** With Deeplearning4j's options: {@code min(max, x)} for positive x, a slope for negative. */
  private static String relu(Step step, IActivation function, String input, GraphWriter graph) {
    ActivationReLU relu = (ActivationReLU) function;
    Checks.supported(
        relu.getThreshold() == null || relu.getThreshold() == 0, step, "activation " + function);
    String output =
        relu.getNegativeSlope() == null || relu.getNegativeSlope() == 0
            ? unary("Relu", step, input, graph)
            : leaky(step, relu.getNegativeSlope(), input, graph);
    if (relu.getMax() == null) {
      return output;
    }
    String max = constant(step, "max", relu.getMax(), graph);
    return graph.node("Min", step.name() + "/min", List.of(output, max));
  }

  private static String leaky(Step step, double slope, String input, GraphWriter graph) {
    return parametric("LeakyRelu", step, slope, input, graph);
  }

  private static String clip(Step step, double from, double to, String input, GraphWriter graph) {
    return graph.node(
        "Clip",
        step.name() + "/clip",
        List.of(input, constant(step, "from", from, graph), constant(step, "to", to, graph)));
  }

  private static String product(
      Step step, String name, String left, String right, GraphWriter graph) {
    return graph.node("Mul", step.name() + "/" + name, List.of(left, right));
  }

  private static String unary(String type, Step step, String input, GraphWriter graph) {
    return graph.node(type, nameOf(type, step), List.of(input));
  }

  private static String parametric(
      String type, Step step, double alpha, String input, GraphWriter graph) {
    return graph.node(
        type, nameOf(type, step), List.of(input), Attributes.of("alpha", (float) alpha));
  }

  private static String nameOf(String type, Step step) {
    return step.name() + "/" + type.toLowerCase(Locale.ROOT);
  }

  private static String constant(Step step, String name, double value, GraphWriter graph) {
    return graph.initializer(
        Tensors.floats(graph.unique(step.name() + "/" + name), new float[] {(float) value}));
  }
}
