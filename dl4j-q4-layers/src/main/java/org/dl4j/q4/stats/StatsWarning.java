package org.dl4j.q4.stats;

import java.util.Objects;

/** A layer's figures that call for something to be done. Immutable. */
public final class StatsWarning {

  private final WarningKind kind;
  private final String layer;
  private final String parameter;
  private final String message;

  StatsWarning(WarningKind kind, LayerStatistics statistics, String message) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.layer = statistics.layer();
    this.parameter = statistics.parameter();
    this.message = Objects.requireNonNull(message, "message");
  }

  /**
   * @return what is wrong
   */
  public WarningKind kind() {
    return kind;
  }

  /**
   * @return the layer's name
   */
  public String layer() {
    return layer;
  }

  /**
   * @return the parameter's name in its layer
   */
  public String parameter() {
    return parameter;
  }

  /**
   * @return the figures in a sentence, and what to do
   */
  public String message() {
    return message;
  }

  @Override
  public String toString() {
    return kind + ", parameter " + parameter + " of layer " + layer + ": " + message;
  }
}
