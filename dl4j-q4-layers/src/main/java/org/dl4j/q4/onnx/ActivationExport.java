package org.dl4j.q4.onnx;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4j.q4.network.Step;
import org.nd4j.linalg.activations.IActivation;

/** Layers that are an activation function and no more. */
final class ActivationExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    Layer conf = step.layer().conf().getLayer();
    IActivation function =
        conf instanceof ActivationLayer
            ? ((ActivationLayer) conf).getActivationFn()
            : ((BaseLayer) conf).getActivationFn();
    return Activations.write(step, function, input, graph);
  }
}
