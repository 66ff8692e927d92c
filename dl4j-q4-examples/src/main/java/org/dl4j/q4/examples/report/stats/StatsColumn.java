package org.dl4j.q4.examples.report.stats;

import java.util.Locale;

/** The figures of a layer that are drawn over iterations. */
enum StatsColumn {
  /** How many codes occur. */
  LEVELS_USED(
      "levels used, by layer",
      "levels used",
      1,
      "How many of its levels each layer uses. One or two levels missing at an end are usual."),
  /** Mean scale. */
  SCALE(
      "scale, by layer",
      "scale, in units of the weights",
      1,
      "The size of a step of each layer's grid, the mean where channels have their own."),
  /** Signal to quantization noise. */
  SQNR_DB(
      "quantization error, by layer",
      "SQNR, dB",
      1,
      "Signal to quantization noise of the weights, 10 log₁₀(Σw² / Σ(w − ŵ)²): higher is finer."),
  /** Share of weights with another code than in the report before. */
  FLIPPED(
      "codes that changed since the report before",
      "weights, %",
      100,
      "How much the quantized network still changes: it should fall with the learning rate."),
  /** Share of weights that flipped back. */
  OSCILLATING(
      "codes that changed back",
      "weights, %",
      100,
      "Weights whose code went the other way than in its change before: they sit between two"
          + " levels.");

  private final String title;
  private final String axis;
  private final double factor;
  private final String description;

  StatsColumn(String title, String axis, double factor, String description) {
    this.title = title;
    this.axis = axis;
    this.factor = factor;
    this.description = description;
  }

  /**
   * @return its name in the file
   */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  /**
   * @return what stands beside the axis, with the unit
   */
  String axis() {
    return axis;
  }

  /**
   * @return what a value in the file is multiplied with
   */
  double factor() {
    return factor;
  }

  /**
   * @return what the picture shows, and what to look for
   */
  String description() {
    return description;
  }
}
