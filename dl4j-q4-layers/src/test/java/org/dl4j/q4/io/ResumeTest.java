package org.dl4j.q4.io;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.train.EpochSeeding;
import org.dl4j.q4.train.GlobalNormClipping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** A training that was stopped and resumed ends as the uninterrupted one, to the bit. */
class ResumeTest {

  private static final int EPOCHS = 5;

  @TempDir private Path folder;

  private static List<TrainingListener> listeners(Path checkpoints) {
    return List.of(
        new EpochSeeding(11),
        new GlobalNormClipping(0.5),
        new Checkpoints(checkpoints).everyEpoch());
  }

  @Test
  void aMultiLayerNetwork() throws IOException {
    MultiLayerNetwork whole = DropoutNetwork.fresh();
    whole.addListeners(listeners(folder.resolve("whole")).toArray(new TrainingListener[0]));
    whole.fit(DropoutNetwork.data(), EPOCHS);

    MultiLayerNetwork resumed = null;
    for (int stop : List.of(2, 3, EPOCHS)) {
      disturbTheGenerator(stop);
      resumed =
          new Checkpoints(folder).loadLastMultiLayerNetwork().orElseGet(DropoutNetwork::fresh);
      resumed.addListeners(listeners(folder).toArray(new TrainingListener[0]));
      resumed.fit(DropoutNetwork.data(), stop - resumed.getEpochCount());
    }

    assertIdentical("parameters", whole.params(), resumed.params());
    assertIdentical(
        "updater",
        whole.getUpdater().getStateViewArray(),
        resumed.getUpdater().getStateViewArray());
    assertEquals(whole.getIterationCount(), resumed.getIterationCount());
    assertEquals(EPOCHS, resumed.getEpochCount());
  }

  @Test
  void aComputationGraph() throws IOException {
    ComputationGraph whole = DropoutNetwork.fresh().toComputationGraph();
    whole.addListeners(listeners(folder.resolve("whole")).toArray(new TrainingListener[0]));
    whole.fit(DropoutNetwork.data(), EPOCHS);

    ComputationGraph first = DropoutNetwork.fresh().toComputationGraph();
    first.addListeners(listeners(folder).toArray(new TrainingListener[0]));
    first.fit(DropoutNetwork.data(), 2);
    disturbTheGenerator(1);
    ComputationGraph resumed = new Checkpoints(folder).loadLastComputationGraph().orElseThrow();
    resumed.addListeners(listeners(folder).toArray(new TrainingListener[0]));
    resumed.fit(DropoutNetwork.data(), EPOCHS - resumed.getEpochCount());

    assertIdentical("parameters", whole.params(), resumed.params());
    assertIdentical(
        "updater",
        whole.getUpdater().getStateViewArray(),
        resumed.getUpdater().getStateViewArray());
    assertEquals(EPOCHS, resumed.getEpochCount());
  }

  /** That the tests above would notice: dropout acts, and its draws matter. */
  @Test
  void withoutSeedingItEndsElsewhere() {
    MultiLayerNetwork one = DropoutNetwork.fresh();
    MultiLayerNetwork other = DropoutNetwork.fresh();
    disturbTheGenerator(1);
    one.fit(DropoutNetwork.data(), 2);
    disturbTheGenerator(2);
    other.fit(DropoutNetwork.data(), 2);

    assertNotEquals(one.params(), other.params());
  }

  /** The epochs of one seed differ, and so do the seeds of one epoch. */
  @Test
  void everyEpochAndSeedDrawsItsOwn() {
    MultiLayerNetwork network = DropoutNetwork.fresh();
    double first = drawn(network, 5);
    double otherSeed = drawn(network, 6);
    network.setEpochCount(1);
    double second = drawn(network, 5);
    network.setEpochCount(0);

    assertNotEquals(first, second);
    assertNotEquals(first, otherSeed);
    assertEquals(first, drawn(network, 5));
  }

  private static double drawn(MultiLayerNetwork network, long seed) {
    new EpochSeeding(seed).onEpochStart(network);
    return Nd4j.rand(10).sumNumber().doubleValue();
  }

  private static void disturbTheGenerator(int seed) {
    Nd4j.getRandom().setSeed(seed);
  }
}
