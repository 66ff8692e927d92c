package org.dl4j.q4.benchmarks.parity;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4j.q4.layers.QuantizedLayer;
import org.dl4j.q4.train.SoftClip;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The defects that are no matter of configuration. */
final class Q4Defects {

  private Q4Defects() {}

  static void addListeners(MultiLayerNetwork network, Setting setting, Defect defect) {
    if (defect == Defect.SOFT_CLIP_TWICE) {
      network.addListeners(new AnotherSoftClip(setting.softClip));
    }
    if (defect == Defect.STATISTICS_IN_NORM) {
      network.addListeners(new WholeNormClipping(setting.maxNorm));
    }
  }

  private static final class AnotherSoftClip extends BaseTrainingListener {

    private final double alpha;

    AnotherSoftClip(double alpha) {
      this.alpha = alpha;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      for (Layer layer : ((MultiLayerNetwork) model).getLayers()) {
        if (layer.conf().getLayer() instanceof QuantizedLayer) {
          SoftClip.apply(layer.getParam("W"), alpha);
        }
      }
    }
  }

  /** Clips the whole vector of gradients, in which Deeplearning4j has running statistics too. */
  private static final class WholeNormClipping extends BaseTrainingListener {

    private final double maxNorm;

    WholeNormClipping(double maxNorm) {
      this.maxNorm = maxNorm;
    }

    @Override
    public void onGradientCalculation(Model model) {
      INDArray all = ((MultiLayerNetwork) model).getFlattenedGradients();
      double norm = all.norm2Number().doubleValue() / model.batchSize();
      if (norm > maxNorm) {
        all.muli(maxNorm / norm);
      }
    }
  }
}
