package org.dl4j.q4.onnx;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/** Dense and output layers: {@code x·W + b}, the weights [in, out] here as there. */
final class DenseExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    FeedForwardLayer conf = (FeedForwardLayer) step.layer().conf().getLayer();
    Checks.flat(step, input);
    Checks.supported(
        !(conf instanceof DenseLayer && ((DenseLayer) conf).hasLayerNorm()),
        step,
        "layer normalization");
    List<String> inputs = new ArrayList<>();
    inputs.add(input.name());
    inputs.add(WeightsWriter.write(step, DefaultParamInitializer.WEIGHT_KEY, 1, graph));
    if (hasBias(conf)) {
      inputs.add(WeightsWriter.vector(step, DefaultParamInitializer.BIAS_KEY, graph));
    }
    String output = graph.node("Gemm", step.name() + "/gemm", inputs);
    return Activations.write(step, conf.getActivationFn(), input.renamed(output), graph);
  }

  private static boolean hasBias(FeedForwardLayer conf) {
    return conf instanceof DenseLayer
        ? ((DenseLayer) conf).hasBias()
        : ((BaseOutputLayer) conf).hasBias();
  }
}
