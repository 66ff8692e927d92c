package org.dl4j.q4.examples.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.layers.QuantizationListener;
import org.dl4j.q4.train.GlobalNormClipping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * Puts a clock behind everything that a network's training step calls. The network trains as
 * before; it should be saved or cloned no more.
 */
final class Instruments {

  private final MultiLayerNetwork network;
  private final StepClock clock;

  private Instruments(MultiLayerNetwork network, StepClock clock) {
    this.network = network;
    this.clock = clock;
  }

  /**
   * @param network initialized, with its listeners, and on {@link TimedKernels} of the same clock
   * @param clock measures its steps, if it is told when they begin and end
   */
  static void attach(MultiLayerNetwork network, StepClock clock) {
    Instruments instruments = new Instruments(network, clock);
    instruments.listeners(); // first, since it goes to the layers themselves
    instruments.preProcessors();
    instruments.layers();
    instruments.updater(); // last, since it keeps the layers that it finds
  }

  private void listeners() {
    List<TrainingListener> listeners = new ArrayList<>();
    listeners.add(new Phases());
    for (TrainingListener listener : network.getListeners()) {
      listeners.add(
          listener instanceof GlobalNormClipping
              ? clock.timed(
                  TrainingListener.class,
                  listener,
                  Map.of(
                      "onGradientCalculation", Section.ofNetwork(Work.GRADIENT_CLIP, Phase.UPDATE)))
              : listener);
    }
    network.setListeners(listeners);
  }

  private void preProcessors() {
    network
        .getLayerWiseConfigurations()
        .getInputPreProcessors()
        .replaceAll((index, preProcessor) -> timed(preProcessor, index));
  }

  private InputPreProcessor timed(InputPreProcessor preProcessor, int index) {
    return clock.timed(
        InputPreProcessor.class,
        preProcessor,
        Map.of(
            "preProcess", new Section(Work.PREPROCESSOR, index, Phase.FORWARD),
            "backprop", new Section(Work.PREPROCESSOR, index, Phase.BACKWARD)));
  }

  private void layers() {
    Layer[] layers = network.getLayers(); // the network's own array
    for (int i = 0; i < layers.length; i++) {
      // Layers look their dropout up when they need it.
      org.deeplearning4j.nn.conf.layers.Layer conf = layers[i].conf().getLayer();
      if (conf.getIDropout() != null) {
        conf.setIDropout(clock.timedPart(IDropout.class, conf.getIDropout(), Work.DROPOUT));
      }
      layers[i] =
          layers[i] instanceof IOutputLayer
              ? new TimedOutputLayer((IOutputLayer) layers[i], clock)
              : new TimedLayer(layers[i], clock);
    }
  }

  private void updater() {
    Updater updater = network.getUpdater();
    for (UpdaterBlock block : ((BaseMultiLayerUpdater<?>) updater).getUpdaterBlocks()) {
      block.setGradientUpdater(
          clock.timed(
              GradientUpdater.class,
              block.getGradientUpdater(),
              Map.of("applyUpdater", Section.ofNetwork(Work.UPDATER, Phase.UPDATE))));
    }
    network.setUpdater(new TimedUpdater(updater, clock));
  }

  /** Marks the phases, and hears of what has no seam of its own. */
  private final class Phases extends BaseTrainingListener implements QuantizationListener {

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      clock.background(Section.ofNetwork(Work.REST, Phase.BACKWARD));
    }

    @Override
    public void onBackwardPass(Model model) {
      clock.background(Section.ofNetwork(Work.REST, Phase.UPDATE));
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      clock.background(Section.ofNetwork(Work.REST, Phase.UPDATE));
    }

    @Override
    public void beforeQuantization(Layer layer) {
      clock.enter(Work.QUANTIZATION);
    }

    @Override
    public void afterQuantization(Layer layer) {
      clock.exit();
    }
  }
}
