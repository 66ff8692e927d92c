package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.BatchNorm;
import org.dl4j.q4.kernels.NativeBuild;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * DL4J's batch normalization on {@link BatchNorm}, where oneDNN is at hand and the input is a
 * matrix or a batch of images; in every other case DL4J's own code.
 */
final class BatchNormalizationRuntime extends BatchNormalization {

  private final boolean accelerated;

  /** Mean and variance of the last forward pass's batch; null if it was not a training pass. */
  private INDArray batchMean;

  private INDArray batchVariance;

  BatchNormalizationRuntime(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    NativeBuild.logOnce();
    this.accelerated = NativeBuild.accelerates(dataType) && !layerConf().isLockGammaBeta();
  }

  @Override
  public INDArray preOutput(INDArray x, TrainingMode mode, LayerWorkspaceMgr workspaceMgr) {
    requireChannels(x);
    if (!accelerates(x)) {
      return super.preOutput(x, mode, workspaceMgr);
    }
    INDArray images = asImages(x.castTo(dataType));
    BatchNorm kernel = new BatchNorm(formatOf(x));
    INDArray y =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, images.shape(), 'c');
    INDArray mean;
    INDArray variance;
    if (mode == TrainingMode.TRAIN) {
      // Kept for the backward pass, so outside the workspaces.
      try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        batchMean = kernel.mean(images);
        batchVariance = kernel.variance(images, batchMean, y);
      }
      mean = batchMean;
      variance = batchVariance;
    } else {
      batchMean = null;
      batchVariance = null;
      mean = vector(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
      variance = globalVariance();
    }
    kernel.normalize(images, mean, variance, layerConf().getEps(), gamma(), beta(), y);
    return y.reshape(x.shape());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    if (!accelerates(input)) {
      return super.backpropGradient(epsilon, workspaceMgr);
    }
    if (batchMean == null) {
      // Frozen with backprop: forward in test mode, then backward. DL4J's code does both anew.
      super.preOutput(input, TrainingMode.TEST, workspaceMgr);
      return super.backpropGradient(epsilon, workspaceMgr);
    }
    INDArray x = asImages(input.castTo(dataType));
    INDArray dy = asImages(epsilon.castTo(dataType));
    INDArray dx =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    INDArray scratch =
        workspaceMgr.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, x.shape(), 'c');
    INDArray dGamma = gradientViews.get(BatchNormalizationParamInitializer.GAMMA);
    INDArray dBeta = gradientViews.get(BatchNormalizationParamInitializer.BETA);
    new BatchNorm(formatOf(input))
        .backward(
            x,
            batchMean,
            batchVariance,
            layerConf().getEps(),
            gamma(),
            dy,
            dx,
            vector(dGamma),
            vector(dBeta),
            scratch);

    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(BatchNormalizationParamInitializer.GAMMA, dGamma);
    gradient.setGradientFor(BatchNormalizationParamInitializer.BETA, dBeta);
    addRunningStatistics(gradient);
    return new Pair<>(gradient, dx.reshape(input.shape()));
  }

  /**
   * The running statistics move by "gradients" that DL4J subtracts as they are, neither scaled by a
   * learning rate nor divided by the batch size: {@code mean −= (1 − d)·(mean − batchMean)}, and
   * likewise for the variance or for log10 of the standard deviation.
   */
  private void addRunningStatistics(Gradient gradient) {
    double keep = layerConf().getDecay();
    INDArray meanStep = gradientViews.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    INDArray mean = vector(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    vector(meanStep).assign(mean.sub(batchMean).muli(1 - keep));
    gradient.setGradientFor(BatchNormalizationParamInitializer.GLOBAL_MEAN, meanStep);

    INDArray old = globalVariance();
    if (layerConf().isUseLogStd()) {
      INDArray next = old.mul(keep).addi(batchVariance.mul(1 - keep));
      INDArray step = gradientViews.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
      vector(step).assign(Transforms.log(old.div(next), false).muli(ONE_ON_2LOGE_10));
      gradient.setGradientFor(BatchNormalizationParamInitializer.GLOBAL_LOG_STD, step);
    } else {
      INDArray step = gradientViews.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
      vector(step).assign(old.sub(batchVariance).muli(1 - keep));
      gradient.setGradientFor(BatchNormalizationParamInitializer.GLOBAL_VAR, step);
    }
  }

  private INDArray globalVariance() {
    if (!layerConf().isUseLogStd()) {
      return vector(getParam(BatchNormalizationParamInitializer.GLOBAL_VAR));
    }
    INDArray log10Std = vector(getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD));
    // var = (10^log10(std))² = e^(2·ln(10)·log10(std))
    return Transforms.exp(log10Std.mul(2 * Math.log(10)), false);
  }

  private boolean accelerates(INDArray x) {
    return accelerated && x != null && (x.rank() == 2 || x.rank() == 4);
  }

  private void requireChannels(INDArray x) {
    if (x.rank() != 2 && x.rank() != 4) {
      return; // DL4J's code says what it takes
    }
    int dimension = formatOf(x) == CNN2DFormat.NCHW || x.rank() == 2 ? 1 : 3;
    if (x.size(dimension) != layerConf().getNOut()) {
      throw new IllegalArgumentException(
          "Batch normalization over "
              + layerConf().getNOut()
              + " channels got input "
              + x.shapeInfoToString()
              + " with "
              + x.size(dimension)
              + " channels in dimension "
              + dimension
              + " "
              + layerId());
    }
  }

  /** A matrix [batch, features] is a batch of 1×1 images with the channels last. */
  private CNN2DFormat formatOf(INDArray x) {
    return x.rank() == 2 ? CNN2DFormat.NHWC : layerConf().getCnn2DFormat();
  }

  private static INDArray asImages(INDArray x) {
    INDArray dense = x.ordering() == 'c' && Shape.hasDefaultStridesForShape(x) ? x : x.dup('c');
    return x.rank() == 2 ? dense.reshape('c', x.size(0), 1, 1, x.size(1)) : dense;
  }

  private INDArray gamma() {
    return vector(getParam(BatchNormalizationParamInitializer.GAMMA));
  }

  private INDArray beta() {
    return vector(getParam(BatchNormalizationParamInitializer.BETA));
  }

  private static INDArray vector(INDArray parameter) {
    return parameter.reshape(parameter.length());
  }
}
