package org.dl4j.q4.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.network.Step;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalization by its running statistics, {@code γ·(x − μ)/√(σ² + ε) + β}. */
final class BatchNormExport implements LayerExport {

  @Override
  public Value write(Step step, Value input, GraphWriter graph) {
    BatchNormalization conf = (BatchNormalization) step.layer().conf().getLayer();
    if (input.layout().isImages()) {
      Checks.images(step, input, conf.getCnn2DFormat());
    }
    String mean = WeightsWriter.vector(step, BatchNormalizationParamInitializer.GLOBAL_MEAN, graph);
    List<String> inputs =
        List.of(input.name(), gamma(step, graph), beta(step, graph), mean, variance(step, graph));
    String output =
        graph.node(
            "BatchNormalization",
            step.name() + "/batchnorm",
            inputs,
            Attributes.of("epsilon", (float) conf.getEps()));
    if (conf instanceof FastBatchNormalization && ((FastBatchNormalization) conf).isRelu()) {
      output = graph.node("Relu", step.name() + "/relu", List.of(output));
    }
    return input.renamed(output);
  }

  private static String gamma(Step step, GraphWriter graph) {
    BatchNormalization conf = (BatchNormalization) step.layer().conf().getLayer();
    return conf.isLockGammaBeta()
        ? constant(step, "gamma", locked(conf) ? conf.getGamma() : 1, graph)
        : WeightsWriter.vector(step, BatchNormalizationParamInitializer.GAMMA, graph);
  }

  private static String beta(Step step, GraphWriter graph) {
    BatchNormalization conf = (BatchNormalization) step.layer().conf().getLayer();
    return conf.isLockGammaBeta()
        ? constant(step, "beta", locked(conf) ? conf.getBeta() : 0, graph)
        : WeightsWriter.vector(step, BatchNormalizationParamInitializer.BETA, graph);
  }

  /** Deeplearning4j leaves both out where one of them is its default, whatever the other is. */
  private static boolean locked(BatchNormalization conf) {
    return conf.getGamma() != 1 && conf.getBeta() != 0;
  }

  private static String constant(Step step, String key, double value, GraphWriter graph) {
    INDArray mean = step.layer().getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    INDArray values = Nd4j.valueArrayOf(new long[] {mean.length()}, value, DataType.FLOAT);
    return graph.initializer(
        Tensors.floats(graph.unique(step.name() + "/" + key), values, values.length()));
  }

  /** As it is, or 10 to the power of twice the logarithm of the standard deviation. */
  private static String variance(Step step, GraphWriter graph) {
    BatchNormalization conf = (BatchNormalization) step.layer().conf().getLayer();
    if (!conf.isUseLogStd()) {
      return WeightsWriter.vector(step, BatchNormalizationParamInitializer.GLOBAL_VAR, graph);
    }
    INDArray log10 =
        step.layer()
            .getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD)
            .castTo(DataType.DOUBLE);
    INDArray variance = Transforms.exp(log10.mul(2 * Math.log(10)), false);
    String name = graph.unique(step.name() + "/" + BatchNormalizationParamInitializer.GLOBAL_VAR);
    return graph.initializer(Tensors.floats(name, variance, variance.length()));
  }
}
