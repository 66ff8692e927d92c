package org.dl4j.q4.examples.predict;

import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.examples.model.ImageNetwork;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Says of images which classes they show. */
public interface Predictor extends AutoCloseable {

  /**
   * @param images [batch, channels, height, width], as the network takes them
   * @return probabilities [batch, classes]
   */
  INDArray output(INDArray images);

  /**
   * @return on what it computes, to be said behind "on"
   */
  String describe();

  /** Frees its memory; a network's is left to Deeplearning4j. */
  @Override
  void close();

  /**
   * @param model a network of either kind
   * @return it, in evaluation mode: running statistics, no dropout
   */
  static Predictor of(Model model) {
    ImageNetwork network = ImageNetwork.of(model);
    return new Predictor() {
      @Override
      public INDArray output(INDArray images) {
        return network.output(images);
      }

      @Override
      public String describe() {
        return Kernels.current().name() + " kernels";
      }

      @Override
      public void close() {}
    };
  }

  /**
   * @param engine closed with what is returned
   * @return it
   */
  static Predictor of(InferenceEngine engine) {
    return new Predictor() {
      @Override
      public INDArray output(INDArray images) {
        return engine.output(images);
      }

      @Override
      public String describe() {
        return engine.describe();
      }

      @Override
      public void close() {
        engine.close();
      }
    };
  }
}
