/**
 * The {@code train} command.
 *
 * <p>Options ({@code TrainOptions}) → data ({@code DataOptions}, {@code CifarSource}), model and
 * recipe → one {@code fit} an epoch ({@code TrainingRun}), watched by listeners for progress and
 * training accuracy → evaluation and the levels that the weights use → a row of {@code metrics.csv}
 * and the checkpoints {@code last.zip} and {@code best.zip}, each written to a temporary file and
 * moved.
 */
package org.dl4j.q4.examples.train;
