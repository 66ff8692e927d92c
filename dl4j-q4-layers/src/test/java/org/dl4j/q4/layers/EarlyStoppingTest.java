package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DL4J's early stopping scores and keeps networks with 4-bit layers. */
class EarlyStoppingTest {

  private static final int EPOCHS = 4;

  @ParameterizedTest
  @MethodSource("quantizations")
  void theBestModelIsTheOneOfItsEpoch(WeightQuantization quantization) {
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(EPOCHS))
            .scoreCalculator(new DataSetLossCalculator(data(), true))
            .modelSaver(new InMemoryModelSaver<>())
            .evaluateEveryNEpochs(1)
            .build();

    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, SmallNetwork.withPaperRecipe(quantization), data())
            .fit();

    assertEquals(EPOCHS, result.getTotalEpochs());
    MultiLayerNetwork expected = SmallNetwork.withPaperRecipe(quantization);
    for (int epoch = 0; epoch <= result.getBestModelEpoch(); epoch++) {
      expected.fit(data());
    }
    assertIdentical("best model", expected.params(), result.getBestModel().params());
    assertTrue(
        result.getScoreVsEpoch().get(EPOCHS - 1) < result.getScoreVsEpoch().get(0),
        () -> "no progress: " + result.getScoreVsEpoch());
  }

  static Stream<WeightQuantization> quantizations() {
    return Stream.of(
        WeightQuantization.PAPER, WeightQuantization.PAPER.withScaleMode(ScaleMode.FIXED));
  }

  private static ExistingDataSetIterator data() {
    return new ExistingDataSetIterator(SmallNetwork.data(3));
  }
}
