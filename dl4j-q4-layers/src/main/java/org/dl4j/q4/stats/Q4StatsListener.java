package org.dl4j.q4.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4j.q4.network.EitherKind;
import org.dl4j.q4.train.GlobalNormClipping;
import org.dl4j.q4.train.GradientNormListener;
import org.dl4j.q4.train.GradientNorms;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reports on the 4-bit layers of a {@code MultiLayerNetwork} or a {@code ComputationGraph} while it
 * trains, to any number of {@link StatsRoute routes}:
 *
 * <pre>
 *   network.addListeners(Q4StatsListener.builder().csv(file).log().build());
 * </pre>
 *
 * <p>There is a report on the first forward pass of training, on every one that comes {@code
 * frequency} iterations or more after the last report, and at an epoch's end if half of that has
 * passed; so never more than two in {@code frequency} iterations. <b>What is reported is the
 * network after the soft clip</b>, the weights that its forward pass quantizes: DL4J calls {@code
 * iterationDone} before the clip, so the weights of iteration n are taken on the forward pass that
 * follows. The last ones of a {@code fit} without epochs are had by {@link #report}. When an update
 * makes weights NaN, the report is made at once, since the next forward pass fails; a NaN is not
 * changed by the clip.
 *
 * <p>Gradient norms are told by {@link GlobalNormClipping}, wherever it stands among the network's
 * listeners. Without it, they are measured before reports that {@code frequency} asks for, after
 * the listeners added earlier have had their turn, and not known at an epoch's end.
 *
 * <p>Where {@code ParallelWrapper} trains copies with one listener, each copy is reported on for
 * itself. Listeners are not saved with a network; a listener remembers networks weakly.
 */
public final class Q4StatsListener extends BaseTrainingListener implements GradientNormListener {

  /** A report costs a fraction of a step of training; there are at most two in so many steps. */
  public static final int DEFAULT_FREQUENCY = 200;

  /** At an epoch's end, a report comes this part of the frequency after the last one, or later. */
  private static final int EPOCH_END_PART = 2;

  private final int frequency;
  private final boolean epochEnds;
  private final List<StatsRoute> routes;
  private final List<WatchedNetwork> networks = new ArrayList<>();
  private int seen;

  Q4StatsListener(int frequency, boolean epochEnds, List<StatsRoute> routes) {
    this.frequency = frequency;
    this.epochEnds = epochEnds;
    this.routes = List.copyOf(routes);
  }

  /**
   * @return what makes a listener
   */
  public static Q4StatsListenerBuilder builder() {
    return new Q4StatsListenerBuilder();
  }

  /**
   * Reports on a network now, not within a step.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialized
   * @return the report, which the routes have got, too
   * @throws IllegalArgumentException if it is of neither kind, or not initialized
   */
  public synchronized QuantizationReport report(Model network) {
    return report(network, WatchedNetwork.iteration(network));
  }

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    reportIfDue(model, frequency);
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    reportIfDue(model, frequency);
  }

  @Override
  public void onEpochEnd(Model model) {
    if (epochEnds) {
      reportIfDue(model, Math.max(1, frequency / EPOCH_END_PART));
    }
  }

  @Override
  public synchronized void onGradientCalculation(Model model) {
    int next = WatchedNetwork.iteration(model) + 1;
    if (watched(model).isDue(next, frequency) && !isClipped(model)) {
      watched(model).hear(GradientNorms.of(model), next);
    }
  }

  @Override
  public synchronized void onGradientNorms(Model model, GradientNorms norms) {
    watched(model).hear(norms, WatchedNetwork.iteration(model) + 1);
  }

  @Override
  public synchronized void iterationDone(Model model, int iteration, int epoch) {
    if (!isNetwork(model)) {
      return; // a layer on its own, in DL4J's unsupervised pretraining
    }
    int next = WatchedNetwork.iteration(model) + 1;
    if ((watched(model).hasDiverged(next) || !Double.isFinite(model.score()))
        && WatchedNetwork.holdsNan(model)) {
      report(model, next);
    }
  }

  private static boolean isNetwork(Model model) {
    return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
  }

  private static boolean isClipped(Model model) {
    Collection<TrainingListener> listeners =
        EitherKind.of(model, MultiLayerNetwork::getListeners, ComputationGraph::getListeners);
    return listeners.stream().anyMatch(GlobalNormClipping.class::isInstance);
  }

  private synchronized void reportIfDue(Model model, int distance) {
    int iteration = WatchedNetwork.iteration(model);
    if (watched(model).isDue(iteration, distance)) {
      report(model, iteration);
    }
  }

  private QuantizationReport report(Model network, int iteration) {
    QuantizationReport report = watched(network).report(network, iteration);
    for (StatsRoute route : routes) {
      try {
        route.put(report);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The statistics of iteration " + iteration + " cannot be written: " + e.getMessage(),
            e);
      }
    }
    return report;
  }

  private WatchedNetwork watched(Model model) {
    networks.removeIf(network -> network.model() == null);
    for (WatchedNetwork network : networks) {
      if (network.model() == model) {
        return network;
      }
    }
    WatchedNetwork added = new WatchedNetwork(seen++, model);
    networks.add(added);
    return added;
  }
}
