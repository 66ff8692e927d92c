package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.dl4j.q4.network.Step;

/**
 * {@code y = x·(k + α·Σx²)^−β}, the sum over ⌊n/2⌋ channels on either side. ONNX divides its α by
 * the number of channels.
 */
final class LocalResponseNormalizationExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    LocalResponseNormalization conf = (LocalResponseNormalization) step.layer().conf().getLayer();
    Checks.images(step, input, conf.getDataFormat());
    int size = 2 * ((int) conf.getN() / 2) + 1;
    return input.renamed(
        graph.node(
            "LRN",
            step.name() + "/lrn",
            List.of(input.name()),
            Attributes.of("size", size),
            Attributes.of("alpha", (float) (conf.getAlpha() * size)),
            Attributes.of("beta", (float) conf.getBeta()),
            Attributes.of("bias", (float) conf.getK())));
  }
}
