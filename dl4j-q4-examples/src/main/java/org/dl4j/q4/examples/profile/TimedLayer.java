package org.dl4j.q4.examples.profile;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4j.q4.layers.ObservingLayer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer whose passes, decay and constraints are sections of the step. */
class TimedLayer extends BaseWrapperLayer implements ObservingLayer {

  private final StepClock clock;
  private final Work work;
  private final TrainingConfig config;

  TimedLayer(Layer layer, StepClock clock) {
    super(layer);
    this.clock = clock;
    this.work = work(layer.conf().getLayer());
    this.config = new TimedConfig(layer.getConfig(), layer.getIndex(), clock);
  }

  private static Work work(Object conf) {
    if (conf instanceof ConvolutionLayer) {
      return Work.CONVOLUTION;
    } else if (conf instanceof DenseLayer) {
      return Work.DENSE;
    } else if (conf instanceof BatchNormalization) {
      return Work.BATCH_NORM;
    } else if (conf instanceof SubsamplingLayer) {
      return Work.POOLING;
    } else if (conf instanceof ActivationLayer) {
      return Work.ACTIVATION;
    } else if (conf instanceof BaseOutputLayer) {
      return Work.OUTPUT;
    }
    return Work.LAYER_CODE;
  }

  /** Opens a section of the layer's own kind of work. */
  void enter(Phase phase) {
    enter(work, phase);
  }

  private void enter(Work kind, Phase phase) {
    clock.enter(new Section(kind, getIndex(), phase));
  }

  /** Closes it. */
  void exit() {
    clock.exit();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    enter(Phase.FORWARD);
    try {
      return underlying.activate(training, workspaceMgr);
    } finally {
      exit();
    }
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaceMgr) {
    enter(Phase.FORWARD);
    try {
      return underlying.activate(input, training, workspaceMgr);
    } finally {
      exit();
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    enter(Phase.BACKWARD);
    try {
      return underlying.backpropGradient(epsilon, workspaceMgr);
    } finally {
      exit();
    }
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    enter(Work.SOFT_CLIP, Phase.UPDATE);
    try {
      underlying.applyConstraints(iteration, epoch);
    } finally {
      exit();
    }
  }

  @Override
  public TrainingConfig getConfig() {
    return config;
  }
}
