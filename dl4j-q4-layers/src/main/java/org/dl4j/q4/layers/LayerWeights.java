package org.dl4j.q4.layers;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.kernels.KernelWeights;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.VectorKernel;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.WeightQuantization;
import org.dl4j.q4.train.SoftClip;
import org.dl4j.q4.train.SoftClipConstraint;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights that a runtime layer computes with. A full-precision layer's are its float weights. A
 * {@link QuantizedLayer}'s are quantized from them at every forward pass; the ones of the last
 * training forward pass are kept for its backward pass, which begins with {@link #beginBackward()}.
 *
 * <p>They are kept in an array of this layer's own, outside any workspace, because a workspace may
 * close between the two passes. Inference writes to another array: {@code output} between a forward
 * and a backward pass must not change what the latter uses. As long as the float weights, and a
 * fixed scale, stay bit for bit the same, inference uses the same quantized ones again.
 */
final class LayerWeights {

  private final Layer layer;
  private final String key;
  private final WeightQuantization options;
  private final Quantizer quantizer;

  private INDArray training;
  private INDArray trainingScale;
  private INDArray inference;
  private INDArray inferenceScale;

  /** What {@link #inference} was quantized from. */
  private final Snapshot source = new Snapshot();

  /** The fixed scale, if there is one, that {@link #inference} was quantized with. */
  private final Snapshot sourceScale = new Snapshot();

  private long inferenceVersion;
  private boolean backward;

  /** For quantizing and the soft clip; chosen at the first use, null before. */
  private Optional<VectorKernel> vector;

  /** Whether {@link #training} holds a forward pass's weights whose backward pass is to come. */
  private boolean kept;

  /**
   * @param layer the runtime layer; its parameter {@code key} holds the float weights
   * @param key name of the weight parameter
   */
  LayerWeights(Layer layer, String key) {
    this.layer = layer;
    this.key = key;
    Object conf = layer.conf().getLayer();
    if (conf instanceof QuantizedLayer) {
      QuantizedLayer quantized = (QuantizedLayer) conf;
      this.options = quantized.getQuantization();
      this.quantizer =
          new Quantizer(
              options.getBits(),
              options.getGranularity(),
              parameter(quantized, key).channelDimension());
    } else {
      this.options = null;
      this.quantizer = null;
    }
  }

  private static QuantizedParameter parameter(QuantizedLayer conf, String key) {
    return conf.quantizedParameters().stream()
        .filter(parameter -> parameter.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(key + " is not quantized by " + conf));
  }

  /** The float weights; a runtime layer may hand out quantized ones by {@code getParam}. */
  private INDArray floats() {
    return layer.paramTable().get(key);
  }

  /**
   * @param param a parameter's name
   * @return whether it is replaced by quantized values in the forward pass
   */
  boolean quantizes(String param) {
    return quantizer != null && key.equals(param);
  }

  /**
   * The weights for a pass.
   *
   * @param weights the float weights, after any weight noise
   * @param isTraining whether the pass is a training pass
   * @return the quantized weights, of the same shape; valid until the next pass of the same kind
   */
  INDArray quantized(INDArray weights, boolean isTraining) {
    if (backward && kept) {
      return training;
    }
    if (!isTraining && isStillQuantized(weights)) {
      return inference;
    }
    tell(QuantizationListener::beforeQuantization);
    INDArray values = quantizeNow(weights, isTraining);
    tell(QuantizationListener::afterQuantization);
    return values;
  }

  private void tell(BiConsumer<QuantizationListener, Layer> event) {
    for (TrainingListener listener : layer.getListeners()) {
      if (listener instanceof QuantizationListener) {
        event.accept((QuantizationListener) listener, layer);
      }
    }
  }

  private INDArray quantizeNow(INDArray weights, boolean isTraining) {
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray scale = scale(weights, isTraining);
      if (isTraining) {
        training = room(training, weights);
        trainingScale = scale;
        kept = true;
        quantizer.quantize(weights, scale, training, vector(weights));
        return training;
      }
      inference = room(inference, weights);
      inferenceScale = scale;
      inferenceVersion++;
      quantizer.quantize(weights, scale, inference, vector(weights));
      remember(weights);
      return inference;
    }
  }

  /** Weight noise hands in other arrays than the parameter, new ones each time. */
  private void remember(INDArray weights) {
    if (weights != floats()) {
      source.forget();
      return;
    }
    source.take(weights);
    INDArray fixed = fixedScale();
    if (fixed != null) {
      sourceScale.take(fixed);
    }
  }

  private boolean isStillQuantized(INDArray weights) {
    INDArray fixed = fixedScale();
    return inference != null
        && weights == floats()
        && (fixed == null || sourceScale.matches(fixed))
        && source.matches(weights);
  }

  /** Null with a dynamic scale; 0 as long as it is not set. */
  private INDArray fixedScale() {
    return layer.paramTable().get(FixedScaleInitializer.scaleKey(key));
  }

  /**
   * @param values the weights of a pass, as this object or DL4J handed them out
   * @return the same for a kernel, with their scale if they are quantized
   */
  KernelWeights forKernel(INDArray values) {
    if (quantizer == null) {
      return KernelWeights.of(values);
    }
    return values == training
        ? KernelWeights.of(values, trainingScale)
        : KernelWeights.of(values, inferenceScale, inferenceVersion);
  }

  /** From here on, the weights of the last training forward pass are handed out. */
  void beginBackward() {
    backward = true;
  }

  /** The backward pass is over: the next forward pass quantizes anew. */
  void endBackward() {
    backward = false;
    kept = false;
  }

  /**
   * The soft clip of the float weights, to be called once after each update. Does nothing for a
   * full-precision layer, where it is turned off, or where a constraint has clipped them already:
   * tanh is not idempotent.
   */
  void softClip() {
    if (options != null && options.getSoftClip() > 0 && !isClippedByConstraint()) {
      INDArray weights = floats();
      SoftClip.apply(weights, options.getSoftClip(), vector(weights));
    }
  }

  private boolean isClippedByConstraint() {
    List<LayerConstraint> constraints = layer.conf().getLayer().getConstraints();
    return constraints != null
        && constraints.stream()
            .anyMatch(c -> c instanceof SoftClipConstraint && c.getParams().contains(key));
  }

  private VectorKernel vector(INDArray weights) {
    if (vector == null) {
      vector = Kernels.current().vector(weights.dataType());
    }
    return vector.orElse(null);
  }

  private INDArray scale(INDArray weights, boolean isTraining) {
    INDArray fixed = fixedScale();
    if (fixed == null) {
      return quantizer.scale(weights, this::describe);
    }
    if (fixed.getDouble(0) > 0) {
      Quantizer.requireFinite(weights, this::describe);
      return fixed.dup(); // parameters may be set between a forward and its backward pass
    }
    // Of the weights themselves, not of one draw of weight noise; and set by a forward pass alone,
    // since a frozen layer's backward pass counts as training.
    INDArray first = quantizer.scale(floats(), this::describe);
    if (isTraining && !backward) {
      fixed.assign(first);
    }
    return first;
  }

  private static INDArray room(INDArray array, INDArray weights) {
    if (array != null && array.dataType() == weights.dataType()) {
      return array;
    }
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.createUninitialized(weights.dataType(), weights.shape(), weights.ordering());
    }
  }

  private String describe() {
    return describe(layer, key);
  }

  /** A parameter for error messages. */
  static String describe(Layer layer, String key) {
    String name = layer.conf().getLayer().getLayerName();
    return "Parameter \""
        + key
        + "\" of layer "
        + (name == null ? layer.getIndex() : "\"" + name + "\" (index " + layer.getIndex() + ")");
  }
}
