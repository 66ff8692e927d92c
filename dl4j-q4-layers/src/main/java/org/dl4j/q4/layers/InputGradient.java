package org.dl4j.q4.layers;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Whether anyone reads the gradient at a layer's input. In a training step of a {@code
 * MultiLayerNetwork} nobody reads that of the first layer: Deeplearning4j drops it, but has no way
 * to tell the layer so, and for 3-channel images it is the dearest gradient of a convolution. The
 * call stack is the one place that tells a training step ({@code computeGradientAndScore}) from a
 * caller who asks for the input's gradient ({@code backpropGradient}, {@code calculateGradients}).
 * Looking there takes some ten microseconds, once in a step; an {@link ObservingLayer} in between
 * changes nothing, and whatever is not recognized counts as needed.
 */
final class InputGradient {

  private static final String NETWORK = MultiLayerNetwork.class.getName();

  private InputGradient() {}

  /**
   * Must be called from the layer's {@code backpropGradient} or what it calls itself.
   *
   * @param layer the runtime layer
   * @return false only if the gradient at its input is certainly dropped
   */
  static boolean isNeeded(Layer layer) {
    if (layer.getIndex() != 0) {
      return true;
    }
    String self = layer.getClass().getName();
    List<String> callers =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(
                frames ->
                    frames
                        .dropWhile(frame -> !frame.getClassName().equals(self))
                        .dropWhile(frame -> frame.getClassName().equals(self))
                        .dropWhile(frame -> isObserver(frame.getDeclaringClass()))
                        .limit(2)
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .collect(Collectors.toList()));
    return !callers.equals(
        List.of(NETWORK + ".calcBackpropGradients", NETWORK + ".computeGradientAndScore"));
  }

  private static boolean isObserver(Class<?> caller) {
    return ObservingLayer.class.isAssignableFrom(caller);
  }
}
