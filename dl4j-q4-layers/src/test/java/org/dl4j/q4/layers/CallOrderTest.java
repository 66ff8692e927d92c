package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** Training depends on the data and the parameters alone, whatever else is called in between. */
class CallOrderTest {

  private static final int STEPS = 3;

  @ParameterizedTest
  @MethodSource("quantizations")
  void anIteratorTrainsAsItsDataSetsDo(WeightQuantization quantization) {
    MultiLayerNetwork byIterator = SmallNetwork.withPaperRecipe(quantization);
    byIterator.fit(new ExistingDataSetIterator(SmallNetwork.data(STEPS)));

    assertIdentical("parameters", trained(quantization), byIterator.params());
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void whatIsCalledBetweenFitsChangesNothing(WeightQuantization quantization) {
    MultiLayerNetwork network = SmallNetwork.withPaperRecipe(quantization);
    DataSet other = SmallNetwork.data(STEPS + 1).get(STEPS);
    for (DataSet data : SmallNetwork.data(STEPS)) {
      network.score(other);
      network.output(other.getFeatures());
      network.feedForward(other.getFeatures(), true);
      network.fit(data);
      network.feedForward(other.getFeatures(), true);
      network.evaluate(new ExistingDataSetIterator(List.of(other)));
      network.calculateGradients(other.getFeatures(), other.getLabels(), null, null);
      network.output(other.getFeatures(), true);
    }

    assertIdentical("parameters", trained(quantization), network.params());
    assertIdentical("output", fresh(network).output(features()), network.output(features()));
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void networksTrainedInTurnsDoNotMeet(WeightQuantization quantization) {
    MultiLayerNetwork one = SmallNetwork.withPaperRecipe(quantization);
    MultiLayerNetwork other = SmallNetwork.withPaperRecipe(quantization.withBits(2));
    for (DataSet data : SmallNetwork.data(STEPS)) {
      one.fit(data);
      other.fit(data);
      one.output(data.getFeatures());
    }

    assertIdentical("one", trained(quantization), one.params());
    assertIdentical("other", trained(quantization.withBits(2)), other.params());
    assertNotEquals(one.params(), other.params());
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void aCloneTrainsAsTheOriginal(WeightQuantization quantization) {
    MultiLayerNetwork original = SmallNetwork.withPaperRecipe(quantization);
    List<DataSet> data = SmallNetwork.data(STEPS);
    original.fit(data.get(0));
    MultiLayerNetwork clone = original.clone();
    clone.addListeners(original.getListeners().iterator().next());
    INDArray atCloning = original.params().dup();

    data.subList(1, STEPS).forEach(clone::fit);

    assertIdentical("the original", atCloning, original.params());
    assertIdentical("the clone", trained(quantization), clone.params());
  }

  @ParameterizedTest
  @MethodSource("quantizations")
  void newParametersCountFromTheNextPass(WeightQuantization quantization) {
    NeuralNetConfiguration.Builder sgd = new NeuralNetConfiguration.Builder().updater(new Sgd(0.1));
    List<DataSet> data = SmallNetwork.data(2);
    MultiLayerNetwork used = SmallNetwork.create(sgd, quantization);
    INDArray initial = used.params().dup();
    used.fit(data.get(0));
    used.feedForward(data.get(1).getFeatures(), true); // a pass with the old parameters

    used.setParams(initial.mul(-1.5));
    MultiLayerNetwork unused = SmallNetwork.create(sgd, quantization);
    unused.setParams(initial.mul(-1.5));

    assertIdentical("output", unused.output(features()), used.output(features()));
    unused.fit(data.get(1));
    used.fit(data.get(1));
    assertIdentical("parameters", unused.params(), used.params());
  }

  static Stream<WeightQuantization> quantizations() {
    return Stream.of(
        WeightQuantization.PAPER,
        WeightQuantization.PAPER
            .withGranularity(Granularity.PER_CHANNEL)
            .withScaleMode(ScaleMode.FIXED));
  }

  /** The parameters after training by one data set after the other, with nothing in between. */
  private static INDArray trained(WeightQuantization quantization) {
    MultiLayerNetwork network = SmallNetwork.withPaperRecipe(quantization);
    SmallNetwork.data(STEPS).forEach(network::fit);
    return network.params();
  }

  /** A network with the same parameters that has never run. */
  private static MultiLayerNetwork fresh(MultiLayerNetwork network) {
    MultiLayerNetwork fresh = new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
    fresh.init(network.params(), true);
    return fresh;
  }

  private static INDArray features() {
    return SmallNetwork.features();
  }
}
