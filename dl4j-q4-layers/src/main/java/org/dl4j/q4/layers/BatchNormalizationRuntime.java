package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.kernels.BatchNormKernel;
import org.dl4j.q4.kernels.BatchNormSpec;
import org.dl4j.q4.kernels.Kernels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalization, with or without a ReLU. Where there is a {@link BatchNormKernel} and the
 * input is a matrix or a batch of images, it runs on that; in every other case it is DL4J's own
 * code, followed by the ReLU.
 */
final class BatchNormalizationRuntime extends BatchNormalization {

  private static final String GAMMA = BatchNormalizationParamInitializer.GAMMA;
  private static final String BETA = BatchNormalizationParamInitializer.BETA;

  private final boolean relu;

  /** For images, in their layout; null where DL4J's own code is to run. */
  private final BatchNormKernel imageKernel;

  /** For a matrix [batch, features], which is a batch of 1×1 images with the channels last. */
  private final BatchNormKernel matrixKernel;

  /** Whether the last forward pass used the statistics of its batch, which then are here. */
  private boolean batchStatistics;

  private INDArray batchMean;
  private INDArray batchVariance;

  BatchNormalizationRuntime(NeuralNetConfiguration conf, DataType dataType, boolean relu) {
    super(conf, dataType);
    this.relu = relu;
    if (layerConf().isLockGammaBeta()) {
      imageKernel = null;
      matrixKernel = null;
    } else {
      imageKernel = kernel(layerConf().getCnn2DFormat());
      matrixKernel = kernel(CNN2DFormat.NHWC);
    }
  }

  private BatchNormKernel kernel(CNN2DFormat format) {
    BatchNormSpec spec = new BatchNormSpec(format, layerConf().getEps(), relu);
    return Kernels.current().batchNorm(spec, dataType).orElse(null);
  }

  @Override
  public INDArray preOutput(INDArray x, TrainingMode mode, LayerWorkspaceMgr workspaceMgr) {
    requireChannels(x);
    batchStatistics = mode == TrainingMode.TRAIN;
    BatchNormKernel kernel = kernelFor(x);
    if (kernel == null) {
      INDArray y = super.preOutput(x, mode, workspaceMgr);
      return relu ? new ActivationReLU().getActivation(y, batchStatistics) : y;
    }
    INDArray images = asImages(x.castTo(dataType));
    INDArray y =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, images.shape(), 'c');
    if (batchStatistics) {
      roomForStatistics();
      kernel.forwardTraining(images, gamma(), beta(), y, batchMean, batchVariance);
    } else {
      INDArray mean = vector(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
      kernel.forward(images, mean, globalVariance(), gamma(), beta(), y);
    }
    return y.reshape(x.shape());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    BatchNormKernel kernel = kernelFor(input);
    if (batchStatistics && kernel != null) {
      return kernelBackprop(kernel, epsilon, workspaceMgr);
    }
    INDArray dz = epsilon;
    if (relu || kernel != null) {
      // DL4J's backward pass needs what its forward pass leaves behind, and the ReLU needs z. A
      // kernel comes here when frozen with backprop: forward in test mode, then backward. Outside
      // of
      // the workspaces, since those of a forward pass are closed when a caller brings the gradient.
      INDArray z =
          super.preOutput(
              input,
              batchStatistics ? TrainingMode.TRAIN : TrainingMode.TEST,
              LayerWorkspaceMgr.noWorkspaces());
      if (relu) {
        dz = new ActivationReLU().backprop(z.dup(), epsilon).getFirst();
      }
    }
    return super.backpropGradient(dz, workspaceMgr);
  }

  private Pair<Gradient, INDArray> kernelBackprop(
      BatchNormKernel kernel, INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    INDArray x = asImages(input.castTo(dataType));
    INDArray dy = asImages(epsilon.castTo(dataType));
    INDArray dx =
        workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    INDArray dGamma = gradientViews.get(GAMMA);
    INDArray dBeta = gradientViews.get(BETA);
    kernel.backward(
        x, batchMean, batchVariance, gamma(), beta(), dy, dx, vector(dGamma), vector(dBeta));

    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(GAMMA, dGamma);
    gradient.setGradientFor(BETA, dBeta);
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

  /** Kept for the backward pass, so outside the workspaces. */
  private void roomForStatistics() {
    if (batchMean == null) {
      try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        batchMean = Nd4j.createUninitialized(dataType, layerConf().getNOut());
        batchVariance = Nd4j.createUninitialized(dataType, layerConf().getNOut());
      }
    }
  }

  private BatchNormKernel kernelFor(INDArray x) {
    switch (x.rank()) {
      case 2:
        return matrixKernel;
      case 4:
        return imageKernel;
      default:
        return null;
    }
  }

  private void requireChannels(INDArray x) {
    if (x.rank() != 2 && x.rank() != 4) {
      return; // DL4J's code says what it takes
    }
    int dimension = layerConf().getCnn2DFormat() == CNN2DFormat.NCHW || x.rank() == 2 ? 1 : 3;
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

  private static INDArray asImages(INDArray x) {
    if (x.rank() != 2) {
      return x;
    }
    return x.reshape('c', x.size(0), 1, 1, x.size(1));
  }

  private INDArray gamma() {
    return vector(getParam(GAMMA));
  }

  private INDArray beta() {
    return vector(getParam(BETA));
  }

  private static INDArray vector(INDArray parameter) {
    return parameter.reshape(parameter.length());
  }
}
