package org.dl4j.q4.onnx;

import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.dl4j.q4.network.Step;

/** Pooling of a window. */
final class SubsamplingExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    SubsamplingLayer conf = (SubsamplingLayer) step.layer().conf().getLayer();
    Checks.images(step, input, conf.getCnn2dDataFormat());
    // ND4J's results with one, on its build with oneDNN, are not those of ONNX's definition.
    Checks.supported(conf.getDilation()[0] == 1 && conf.getDilation()[1] == 1, step, "a dilation");
    List<AttributeProto> attributes =
        Window.attributes(
            step,
            conf.getKernelSize(),
            conf.getStride(),
            conf.getPadding(),
            conf.getDilation(),
            conf.getConvolutionMode());
    String type;
    switch (conf.getPoolingType()) {
      case MAX:
        type = "MaxPool";
        break;
      case AVG:
        type = "AveragePool";
        attributes.add(
            Attributes.of("count_include_pad", conf.isAvgPoolIncludePadInDivisor() ? 1 : 0));
        break;
      default:
        throw Checks.unsupported(step, "pooling type " + conf.getPoolingType());
    }
    return input.renamed(
        graph.node(
            type,
            step.name() + "/pool",
            List.of(input.name()),
            attributes.toArray(new AttributeProto[0])));
  }
}
