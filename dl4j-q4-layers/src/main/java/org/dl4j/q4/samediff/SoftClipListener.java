package org.dl4j.q4.samediff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dl4j.q4.train.SoftClip;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@linkplain SoftClip tanh soft clip} in {@code sd.fit}: once after each update, {@code W ← α
 * · tanh(W / α)} for chosen variables.
 *
 * <pre>{@code
 * sd.setListeners(new SoftClipListener());
 * sd.fit(data, epochs);
 * }</pre>
 *
 * <p>A variable without a gradient is not updated, and so not clipped either. Two of these
 * listeners that choose the same variable clip it twice.
 *
 * <p>Logs a warning if SameDiff's array cache is on, which spoils {@code fit(iterator)} whatever
 * the graph: set the system property {@code org.nd4j.autodiff.samediff} to {@code false}.
 *
 * <p>Listeners are not saved with a graph: set one again after loading. α is, for the {@linkplain
 * #SoftClipListener() listener that asks the graph}.
 */
public final class SoftClipListener extends BaseListener {

  private static final Logger LOG = LoggerFactory.getLogger(SoftClipListener.class);

  /** α of the chosen variables by name; null to ask the graph. */
  private final Map<String, Double> chosen;

  /**
   * Clips every variable that a {@link FakeQuantize} of the graph reads, at the {@link
   * org.dl4j.q4.quant.WeightQuantization#getSoftClip() soft clip} of the options it was made with,
   * 0 meaning none. {@code fit} fails with an {@link IllegalStateException} if there is no such
   * variable, or if one is to be clipped at two different α.
   */
  public SoftClipListener() {
    this.chosen = null;
  }

  /**
   * Clips the variables of these names. {@code fit} fails with an {@link IllegalArgumentException}
   * before the first update if the graph has no such variable, or if it is no VARIABLE.
   *
   * @param alpha α &gt; 0, in units of the weights
   * @param names one or more variables
   */
  public SoftClipListener(double alpha, List<String> names) {
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("alpha must be a positive number; got " + alpha);
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("At least one variable must be named; got none");
    }
    this.chosen = new LinkedHashMap<>();
    names.forEach(name -> chosen.put(name, alpha));
  }

  @Override
  public boolean isActive(Operation operation) {
    return operation == Operation.TRAINING;
  }

  @Override
  public void operationStart(SameDiff sd, Operation operation) {
    warnOfTheArrayCache();
    if (chosen == null) {
      if (alphas(sd).isEmpty()) {
        throw new IllegalStateException(
            "No variable to clip: the graph fake-quantizes none with a soft clip. Name the"
                + " variables, or leave this listener out.");
      }
      return;
    }
    for (String name : chosen.keySet()) {
      if (!sd.hasVariable(name)) {
        throw new IllegalArgumentException(
            "No variable \"" + name + "\" to clip: the graph has " + names(sd));
      }
      VariableType type = sd.getVariable(name).getVariableType();
      if (type != VariableType.VARIABLE) {
        throw new IllegalArgumentException(
            "Only a VARIABLE can be clipped, since training updates no other; \""
                + name
                + "\" is of type "
                + type);
      }
    }
  }

  /** Nothing else would tell: losses and gradients are wrong, but no exception is thrown. */
  private static void warnOfTheArrayCache() {
    String property = ND4JSystemProperties.SAMEDIFF_MEMORY_CACHE_DISABLE;
    if (Boolean.parseBoolean(System.getProperty(property, "true"))) {
      LOG.warn(
          "SameDiff's array cache is on. With it, ND4J 1.0.0-M2.1 computes wrong gradients from the"
              + " second batch of fit(iterator) on: set -D{}=false (see docs/samediff.md)",
          property);
    }
  }

  // SameDiff updates each variable as soon as its gradient is there, and calls this after the last.
  @Override
  public void iterationDone(SameDiff sd, At at, MultiDataSet data, Loss loss) {
    alphas(sd)
        .forEach(
            (name, alpha) -> {
              SDVariable variable = sd.getVariable(name);
              if (variable.getGradient() != null) {
                SoftClip.apply(variable.getArr(), alpha);
              }
            });
  }

  private Map<String, Double> alphas(SameDiff sd) {
    if (chosen != null) {
      return chosen;
    }
    Map<String, Double> alphas = new LinkedHashMap<>();
    for (SameDiffOp op : sd.getOps().values()) {
      if (op.getOp() instanceof FakeQuantize) {
        add((FakeQuantize) op.getOp(), alphas);
      }
    }
    return alphas;
  }

  private static void add(FakeQuantize op, Map<String, Double> alphas) {
    double alpha = op.options().getSoftClip();
    SDVariable weights = op.weights();
    if (alpha == 0 || weights.getVariableType() != VariableType.VARIABLE) {
      return;
    }
    Double other = alphas.put(weights.name(), alpha);
    if (other != null && other != alpha) {
      throw new IllegalStateException(
          "Variable \""
              + weights.name()
              + "\" is fake-quantized twice, with soft clip "
              + other
              + " and "
              + alpha
              + ", where there can be one");
    }
  }

  private static List<String> names(SameDiff sd) {
    return sd.variables().stream()
        .filter(v -> v.getVariableType() == VariableType.VARIABLE && v.getGradient() != null)
        .map(SDVariable::name)
        .sorted()
        .collect(Collectors.toList());
  }
}
