package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ScheduleType;

class DecoupledWeightDecayTest {

  private static final double RATE = 0.5;
  private static final double DECAY = 0.25;

  /** With a learning rate but no gradient, a step is the decay alone: w ← w · (1 − lr·λ). */
  @Test
  void givenGloballyItReachesEveryTrainableParameterOnce() {
    PaperRecipe recipe =
        PaperRecipe.standard()
            .withWeightDecay(DECAY)
            .withLearningRate(
                new CosineAnnealingSchedule(
                    ScheduleType.EPOCH, RATE, 0, 1, CosineAnnealingSchedule.AfterMaximum.HOLD));
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            recipe
                .apply(new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).seed(5))
                .list()
                .layer(new FastBatchNormalization.Builder().nIn(3).nOut(3).build())
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).biasInit(0.75).build())
                .build());
    network.init();
    // Both classes equally likely and equally frequent, all inputs zero: no gradient anywhere.
    network.getParam("1_W").assign(0.2);

    network.fit(Nd4j.zeros(DataType.DOUBLE, 2, 3), Nd4j.eye(2).castTo(DataType.DOUBLE));

    double factor = 1 - RATE * DECAY;
    assertArrayEquals(
        new double[] {factor, factor, factor}, network.getParam("0_gamma").toDoubleVector(), 1e-6);
    assertEquals(0.2 * factor, network.getParam("1_W").getDouble(0), 1e-6);
    assertEquals(0.75 * factor, network.getParam("1_b").getDouble(0), 1e-6);
    assertEquals(0, network.getParam("0_mean").getDouble(0), 0, "running mean has no decay");
  }

  @Test
  void addsNothingToTheScore() {
    assertEquals(0, new DecoupledWeightDecay(DECAY).score(Nd4j.ones(4), 0, 0));
  }

  @Test
  void isEqualAfterJsonAndCloneAndIsNoL2() throws Exception {
    Regularization decay = new DecoupledWeightDecay(DECAY);
    String json = JsonMappers.getMapper().writeValueAsString(decay);
    assertEquals(decay, JsonMappers.getMapper().readValue(json, Regularization.class));
    assertEquals(decay, decay.clone());
    assertNotEquals(decay, new DecoupledWeightDecay(2 * DECAY));
    assertNotEquals(decay, new L2Regularization(DECAY));
    assertNotEquals(new L2Regularization(DECAY), decay);
  }
}
