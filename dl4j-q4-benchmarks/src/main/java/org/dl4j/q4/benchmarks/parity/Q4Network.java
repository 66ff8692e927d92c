package org.dl4j.q4.benchmarks.parity;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.dl4j.q4.benchmarks.parity.Parameter.Kind;
import org.dl4j.q4.layers.QuantizedWeights;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The network in Deeplearning4j with this library's layers; a step is {@code fit(DataSet)}. */
final class Q4Network {

  private final DataType type;
  private final Q4Layout layout;
  private final MultiLayerNetwork network;

  Q4Network(Setting setting, DataType type, Q4Way way) {
    this.type = type;
    this.layout = new Q4Layout(way.format());
    way.use();
    Q4Configuration configuration = new Q4Configuration(setting, way);
    network = new MultiLayerNetwork(configuration.build(type));
    network.init();
    Q4Defects.addListeners(network, setting, way.defect());
    network.addListeners(configuration.recipe().gradientClipping());
  }

  void step(Minibatch minibatch) {
    int size = Parameters.SIZE;
    INDArray images =
        Nd4j.createFromArray(minibatch.images())
            .reshape(Parameters.BATCH, Parameters.CHANNELS, size, size);
    INDArray labels = Nd4j.zeros(type, Parameters.BATCH, Parameters.CLASSES);
    int[] classes = minibatch.classes();
    for (int i = 0; i < classes.length; i++) {
      labels.putScalar(i, classes[i], 1);
    }
    network.fit(new DataSet(images.castTo(type), labels));
  }

  /** Sets all parameters. */
  void start(Map<String, double[]> values) {
    for (Parameter parameter : Parameters.ALL) {
      set(parameter, values.get(parameter.name()));
    }
  }

  /** Sets parameters, moments and counter to what a run had after a step. */
  void resume(Run run, int step) {
    for (Parameter parameter : Parameters.ALL) {
      set(parameter, run.get(step, parameter.name()));
      if (parameter.isTrained() && step > 0) {
        layout.fromTorch(
            parameter, run.get(step, Run.M + parameter.name()), moment(parameter, "M"));
        layout.fromTorch(
            parameter, run.get(step, Run.V + parameter.name()), moment(parameter, "V"));
      }
    }
    network.setIterationCount(step);
  }

  /** Adds parameters and codes, as they are now, to a run. */
  void tell(int step, Run run) {
    for (Parameter parameter : Parameters.ALL) {
      run.put(step, parameter.name(), layout.toTorch(parameter, variance(parameter)));
    }
    for (Parameter parameter : Parameters.weights()) {
      INDArray codes = QuantizedWeights.of(layer(parameter)).get("W").codes();
      run.put(step, Run.CODES + parameter.name(), layout.toTorch(parameter, codes));
    }
  }

  /** Adds both moments of each parameter, as they are now, to a run. */
  void tellMoments(int step, Run run) {
    for (Parameter parameter : Parameters.trained()) {
      double[] m = layout.toTorch(parameter, moment(parameter, "M"));
      double[] v = layout.toTorch(parameter, moment(parameter, "V"));
      run.put(step, Run.M + parameter.name(), m);
      run.put(step, Run.V + parameter.name(), v);
    }
  }

  private Layer layer(Parameter parameter) {
    return network.getLayer(parameter.layer());
  }

  private INDArray moment(Parameter parameter, String moment) {
    return Q4Moments.of(network, layer(parameter), name(parameter), moment);
  }

  private void set(Parameter parameter, double[] numbers) {
    INDArray array = layer(parameter).getParam(name(parameter));
    layout.fromTorch(parameter, numbers, array);
    if (isLogarithm(parameter)) {
      array.assign(Transforms.log(array, 10).divi(2));
    }
  }

  /** The parameter, and the variance itself where Deeplearning4j keeps its logarithm. */
  private INDArray variance(Parameter parameter) {
    INDArray array = layer(parameter).getParam(name(parameter));
    return isLogarithm(parameter)
        ? Transforms.exp(array.castTo(DataType.DOUBLE).mul(2 * Math.log(10)))
        : array;
  }

  private boolean isLogarithm(Parameter parameter) {
    return name(parameter).equals(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
  }

  /** Deeplearning4j's. */
  private String name(Parameter parameter) {
    if (parameter.kind() == Kind.RUNNING_VARIANCE) {
      String logarithm = BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
      return layer(parameter).paramTable().containsKey(logarithm)
          ? logarithm
          : BatchNormalizationParamInitializer.GLOBAL_VAR;
    }
    return parameter.name().substring(parameter.layer().length() + 1);
  }
}
