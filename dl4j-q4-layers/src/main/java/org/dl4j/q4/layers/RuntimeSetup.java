package org.dl4j.q4.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every {@code instantiate} of a Deeplearning4j layer configuration does with its runtime. */
final class RuntimeSetup {

  private RuntimeSetup() {}

  static Layer initialize(
      Layer runtime,
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray paramsView,
      boolean initializeParams) {
    runtime.setListeners(listeners);
    runtime.setIndex(index);
    runtime.setParamsViewArray(paramsView);
    runtime.setParamTable(conf.getLayer().initializer().init(conf, paramsView, initializeParams));
    runtime.setConf(conf);
    return runtime;
  }
}
