package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4j.q4.network.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dense and output layers, {@code x·W + b}. The weights are [out, in] in the file, transposed, as
 * PyTorch has them. Not for looks: where the weights of a {@code Gemm} are [in, out] and quantized,
 * ONNX Runtime (1.29; 1.22 not yet) replaces it by an operator that rounds the activations to 8
 * bits. Outputs then were off by up to 5e-3, and up to 15 of 1,000 images got another class.
 */
final class DenseExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    FeedForwardLayer conf = (FeedForwardLayer) step.layer().conf().getLayer();
    Checks.flat(step, input);
    Checks.supported(
        !(conf instanceof DenseLayer && ((DenseLayer) conf).hasLayerNorm()),
        step,
        "layer normalization");
    List<String> inputs =
        WeightsWriter.product(
            step,
            input,
            DefaultParamInitializer.WEIGHT_KEY,
            hasBias(conf) ? DefaultParamInitializer.BIAS_KEY : null,
            INDArray::transpose,
            graph);
    String output = graph.node("Gemm", step.name() + "/gemm", inputs, Attributes.of("transB", 1));
    return Activations.write(step, conf.getActivationFn(), input.renamed(output), graph);
  }

  private static boolean hasBias(FeedForwardLayer conf) {
    return conf instanceof DenseLayer
        ? ((DenseLayer) conf).hasBias()
        : ((BaseOutputLayer) conf).hasBias();
  }
}
