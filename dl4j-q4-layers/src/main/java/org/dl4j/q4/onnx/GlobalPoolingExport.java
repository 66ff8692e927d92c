package org.dl4j.q4.onnx;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.dl4j.q4.network.Step;

/** Pooling of whole images: [batch, channels, height, width] → [batch, channels]. */
final class GlobalPoolingExport implements LayerExport {

  private static final int[] DEFAULT_DIMENSIONS = {2, 3};
  private static final Set<Integer> HEIGHT_AND_WIDTH = Set.of(2, 3);

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    GlobalPoolingLayer conf = (GlobalPoolingLayer) step.layer().conf().getLayer();
    Checks.supported(input.layout().isImages(), step, "input that is not images of two dimensions");
    int[] dimensions =
        conf.getPoolingDimensions() == null ? DEFAULT_DIMENSIONS : conf.getPoolingDimensions();
    Checks.supported(
        IntStream.of(dimensions)
            .mapToObj(input.layout()::inOnnx)
            .collect(Collectors.toSet())
            .equals(HEIGHT_AND_WIDTH),
        step,
        "pooling over other dimensions than height and width");
    Checks.supported(conf.isCollapseDimensions(), step, "collapseDimensions(false)");

    String pooled = pool(step, conf, input.name(), graph);
    String flat =
        graph.node("Flatten", step.name() + "/flatten", List.of(pooled), Attributes.of("axis", 1));
    return new Value(flat, Layout.FLAT);
  }

  private static String pool(Step step, GlobalPoolingLayer conf, String input, GraphWriter graph) {
    String name = step.name() + "/pool";
    switch (conf.getPoolingType()) {
      case MAX:
        return graph.node("GlobalMaxPool", name, List.of(input));
      case AVG:
        return graph.node("GlobalAveragePool", name, List.of(input));
      case SUM:
        String axes = graph.initializer(Tensors.longs(graph.unique(name + "_axes"), 2, 3));
        return graph.node("ReduceSum", name, List.of(input, axes), new AttributeProto[0]);
      default:
        throw Checks.unsupported(step, "pooling type " + conf.getPoolingType());
    }
  }
}
