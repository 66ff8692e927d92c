/**
 * What 4-bit weights do while a network trains.
 *
 * <p>{@link org.dl4j.q4.stats.Q4StatsListener} is the door. On a forward pass it asks each layer's
 * {@code QuantizedWeights} for its float weights, codes and scales, makes {@link
 * org.dl4j.q4.stats.LayerStatistics} of them and of what it remembers of the last report, and hands
 * a {@link org.dl4j.q4.stats.QuantizationReport} to its {@link org.dl4j.q4.stats.StatsRoute
 * routes}: a CSV file, the log, or, from the package {@code storage}, DL4J's {@code StatsStorage}.
 * {@link org.dl4j.q4.stats.Warnings} turns figures into advice. docs/statistics.md explains each
 * figure.
 *
 * <p>May depend on {@code layers}, {@code quant}, {@code train} and {@code network}; never on a UI.
 */
package org.dl4j.q4.stats;
