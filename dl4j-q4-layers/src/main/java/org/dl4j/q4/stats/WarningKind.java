package org.dl4j.q4.stats;

/** What may be wrong with a layer's weights. */
public enum WarningKind {
  /** Weights are NaN or infinite. */
  NON_FINITE,
  /** Many codes do not occur. */
  DEAD_LEVELS,
  /** The largest weight stretches the scale. */
  OUTLIER,
  /** As many weights flip as before, to and fro. */
  UNSETTLED
}
