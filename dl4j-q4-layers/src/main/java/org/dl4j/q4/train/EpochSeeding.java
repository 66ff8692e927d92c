package org.dl4j.q4.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the random numbers of an epoch (dropout, weight noise) a function of a seed and the epoch's
 * number: at the start of each epoch it seeds ND4J's generator of the training thread. A training
 * that is resumed at the start of an epoch then draws what the uninterrupted one would have drawn;
 * a saved network holds no state of the generator.
 *
 * <p>Add it to the network's listeners, and again after loading. It works for {@code fit(iterator)}
 * and {@code fit(iterator, epochs)}; {@code fit(DataSet)} has no epochs, and the workers of {@code
 * ParallelWrapper} have generators of their own.
 */
public final class EpochSeeding extends BaseTrainingListener {

  /** Odd, from the golden ratio: neighbouring epochs get seeds that have little in common. */
  private static final long EPOCH_STEP = 0x9E3779B97F4A7C15L;

  private final long seed;

  /**
   * @param seed of the whole training
   */
  public EpochSeeding(long seed) {
    this.seed = seed;
  }

  @Override
  public void onEpochStart(Model model) {
    Nd4j.getRandom().setSeed(seed + EPOCH_STEP * (1L + epochsDone(model)));
  }

  private static int epochsDone(Model model) {
    return model instanceof ComputationGraph
        ? ((ComputationGraph) model).getEpochCount()
        : ((MultiLayerNetwork) model).getEpochCount();
  }
}
