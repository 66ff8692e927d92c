package org.dl4j.q4.infer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.dl4j.q4.kernels.PoolingSpec;
import org.dl4j.q4.kernels.Window2d;
import org.dl4j.q4.layers.Q4LayerTypes;
import org.dl4j.q4.network.Step;
import org.nd4j.linalg.activations.IActivation;

/** What becomes of each kind of layer in a plan. */
final class PlannedLayers {

  /** Adds a layer's operations. */
  private interface Kind {
    PlannedValue add(Step step, PlannedValue in, Planner planner);
  }

  // By the exact type: a subclass, such as a one-dimensional convolution, computes something else.
  private static final Map<Class<? extends Layer>, Kind> KINDS = new HashMap<>();

  static {
    KINDS.put(ConvolutionLayer.class, PlannedLayers::convolution);
    KINDS.put(Convolution2D.class, PlannedLayers::convolution);
    KINDS.put(DenseLayer.class, PlannedLayers::dense);
    KINDS.put(OutputLayer.class, PlannedLayers::dense);
    KINDS.put(SubsamplingLayer.class, PlannedLayers::pooling);
    KINDS.put(Pooling2D.class, PlannedLayers::pooling);
    KINDS.put(GlobalPoolingLayer.class, PlannedLayers::globalPooling);
    KINDS.put(ActivationLayer.class, PlannedLayers::activation);
    KINDS.put(LossLayer.class, PlannedLayers::activation);
    KINDS.put(DropoutLayer.class, (step, in, planner) -> in); // in training alone
  }

  private PlannedLayers() {}

  /**
   * @param in what the layer reads, behind its preprocessor
   * @return what it makes
   * @throws UnsupportedForInferenceException if plans have no operation for it
   */
  static PlannedValue add(Step step, PlannedValue in, Planner planner) {
    if (step.layer() instanceof BaseWrapperLayer) { // conf() is the inner layer's
      throw Planner.unsupported(step, "the layer around it, " + step.layer().getClass().getName());
    }
    Class<? extends Layer> type = step.layer().conf().getLayer().getClass();
    Kind kind = KINDS.get(Q4LayerTypes.stock(type).orElse(type));
    if (kind == null) {
      throw Planner.unsupported(
          step,
          "supported, each also as Q4… and Fast…, are "
              + KINDS.keySet().stream()
                  .map(Class::getSimpleName)
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ", and batch norm that can be folded into the layer before it");
    }
    return kind.add(step, in, planner);
  }

  private static PlannedValue convolution(Step step, PlannedValue in, Planner planner) {
    ConvolutionLayer conf = (ConvolutionLayer) step.layer().conf().getLayer();
    if (conf.getConvolutionMode() == ConvolutionMode.Causal) {
      throw Planner.unsupported(step, "ConvolutionMode.Causal");
    }
    PlannedValue images = planner.images(step, in, conf.getCnn2dDataFormat());
    return product(step, images, Window2d.of(conf), planner);
  }

  private static PlannedValue dense(Step step, PlannedValue in, Planner planner) {
    Layer conf = step.layer().conf().getLayer();
    if (conf instanceof DenseLayer && ((DenseLayer) conf).hasLayerNorm()) {
      throw Planner.unsupported(step, "layer normalization");
    }
    return product(step, planner.features(step, in), null, planner);
  }

  /** The activation function is an operation of its own, at first. */
  private static PlannedValue product(
      Step step, PlannedValue in, Window2d window, Planner planner) {
    ActivationFunction function = function(step);
    boolean linear = function.kind() == ActivationFunction.Kind.IDENTITY;
    String name = linear ? step.name() : step.name() + "/product";
    planner.add(
        new ProductOperation(
            name,
            in.name,
            window,
            in.image,
            LayerProducts.weights(step, in.flattened),
            LayerProducts.bias(step),
            ActivationFunction.IDENTITY));
    PlannedValue product =
        window == null ? in.features(name) : new PlannedValue(name, in.format, null);
    return planner.apply(step, function, product);
  }

  private static PlannedValue pooling(Step step, PlannedValue in, Planner planner) {
    SubsamplingLayer conf = (SubsamplingLayer) step.layer().conf().getLayer();
    PlannedValue images = planner.images(step, in, conf.getCnn2dDataFormat());
    requireMaximumOrMean(step, conf.getPoolingType());
    // ND4J's results with a dilation, on its build with oneDNN, are not those of the definition.
    if (conf.getDilation()[0] != 1 || conf.getDilation()[1] != 1) {
      throw Planner.unsupported(step, "pooling with a dilation");
    }
    PoolingSpec spec = new PoolingSpec(conf, conf.getConvolutionMode());
    planner.add(
        new PoolingOperation(
            step.name(),
            images.name,
            spec.type() == PoolingType.MAX,
            spec.paddingCounts(),
            spec.window()));
    return images.renamed(step.name());
  }

  private static PlannedValue globalPooling(Step step, PlannedValue in, Planner planner) {
    GlobalPoolingLayer conf = (GlobalPoolingLayer) step.layer().conf().getLayer();
    requireMaximumOrMean(step, conf.getPoolingType());
    if (in.format == null) {
      throw Planner.unsupported(step, "input before it that is not known to be images");
    }
    Set<Integer> places = in.format == CNN2DFormat.NHWC ? Set.of(1, 2) : Set.of(2, 3);
    int[] dimensions = conf.getPoolingDimensions();
    boolean all =
        dimensions == null
            ? places.contains(3) // Deeplearning4j's default, whatever the layout
            : Arrays.stream(dimensions).boxed().collect(Collectors.toSet()).equals(places);
    if (!all || !conf.isCollapseDimensions()) {
      throw Planner.unsupported(step, "pooling over other dimensions than height and width");
    }
    planner.add(
        new PoolingOperation(
            step.name(), in.name, conf.getPoolingType() == PoolingType.MAX, false, null));
    return in.features(step.name());
  }

  private static void requireMaximumOrMean(Step step, PoolingType type) {
    if (type != PoolingType.MAX && type != PoolingType.AVG) {
      throw Planner.unsupported(step, "pooling type " + type);
    }
  }

  private static PlannedValue activation(Step step, PlannedValue in, Planner planner) {
    ActivationFunction function = function(step);
    if (in.flattened != null && function.kind() == ActivationFunction.Kind.SOFTMAX) {
      throw Planner.unsupported(step, "a softmax of flattened images");
    }
    return planner.apply(step, function, in);
  }

  private static ActivationFunction function(Step step) {
    Layer conf = step.layer().conf().getLayer();
    IActivation function =
        conf instanceof ActivationLayer
            ? ((ActivationLayer) conf).getActivationFn()
            : ((BaseLayer) conf).getActivationFn();
    return ActivationFunction.of(function)
        .orElseThrow(() -> Planner.unsupported(step, "activation " + function));
  }
}
