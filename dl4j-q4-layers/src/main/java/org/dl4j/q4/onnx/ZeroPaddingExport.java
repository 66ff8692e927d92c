package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.dl4j.q4.network.Step;

/** Zeros around images. */
final class ZeroPaddingExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    ZeroPaddingLayer conf = (ZeroPaddingLayer) step.layer().conf().getLayer();
    Checks.images(step, input, conf.getDataFormat());
    int[] padding = conf.getPadding(); // top, bottom, left, right
    String name = step.name() + "/pad";
    String pads =
        graph.initializer(
            Tensors.longs(
                graph.unique(name + "_pads"),
                0,
                0,
                padding[0],
                padding[2],
                0,
                0,
                padding[1],
                padding[3]));
    return input.renamed(graph.node("Pad", name, List.of(input.name(), pads)));
  }
}
