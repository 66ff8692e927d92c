package org.dl4j.q4.onnx;

import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.dl4j.q4.network.Step;

/** Two-dimensional convolutions: the weights are [out, in, height, width] here as there. */
final class ConvolutionExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    ConvolutionLayer conf = (ConvolutionLayer) step.layer().conf().getLayer();
    Checks.images(step, input, conf.getCnn2dDataFormat());
    List<String> inputs =
        WeightsWriter.product(
            step,
            input,
            ConvolutionParamInitializer.WEIGHT_KEY,
            conf.hasBias() ? ConvolutionParamInitializer.BIAS_KEY : null,
            weights -> weights,
            graph);
    List<AttributeProto> window =
        Window.attributes(
            step,
            conf.getKernelSize(),
            conf.getStride(),
            conf.getPadding(),
            conf.getDilation(),
            conf.getConvolutionMode());
    String output =
        graph.node("Conv", step.name() + "/conv", inputs, window.toArray(new AttributeProto[0]));
    return Activations.write(step, conf.getActivationFn(), input.renamed(output), graph);
  }
}
