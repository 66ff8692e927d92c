package org.dl4j.q4.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.dl4j.q4.train.CosineAnnealingSchedule.AfterMaximum;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.schedule.ScheduleType;

class PaperRecipeTest {

  private static BaseLayer layer(NeuralNetConfiguration.Builder builder) {
    return (BaseLayer)
        builder
            .list()
            .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
            .build()
            .getConf(0)
            .getLayer();
  }

  @Test
  void setsThePapersNumbers() {
    BaseLayer layer = layer(PaperRecipe.standard().apply(new NeuralNetConfiguration.Builder()));

    assertEquals(
        new AdamW(new CosineAnnealingSchedule(ScheduleType.EPOCH, 1e-3, 0, 100, AfterMaximum.RISE)),
        layer.getIUpdater());
    assertEquals(List.of(new DecoupledWeightDecay(5e-4)), layer.getRegularization());
    assertEquals(List.of(new DecoupledWeightDecay(5e-4)), layer.getRegularizationBias());
  }

  @Test
  void leavesOtherRegularizationAndItsSettersAlone() {
    PaperRecipe recipe = PaperRecipe.standard();

    BaseLayer before = layer(recipe.apply(new NeuralNetConfiguration.Builder().l1(1e-5)));
    BaseLayer after = layer(recipe.apply(new NeuralNetConfiguration.Builder()).l1(1e-5));

    assertEquals(
        List.of(new L1Regularization(1e-5), new DecoupledWeightDecay(5e-4)),
        before.getRegularization());
    assertEquals(
        List.of(new DecoupledWeightDecay(5e-4), new L1Regularization(1e-5)),
        after.getRegularization());
  }

  @Test
  void withoutDecayThereIsNoRegularization() {
    PaperRecipe recipe = PaperRecipe.standard().withWeightDecay(0);

    assertEquals(
        List.of(), layer(recipe.apply(new NeuralNetConfiguration.Builder())).getRegularization());
  }
}
