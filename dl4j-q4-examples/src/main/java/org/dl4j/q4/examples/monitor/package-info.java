/**
 * Watching trainings in Deeplearning4j's training UI: the {@code monitor} command, and what {@code
 * train --ui} and {@code --stats} add to a run.
 *
 * <p>Options ({@code MonitoringOptions}, {@code UiOptions}) → {@code RunMonitor}, which gives the
 * network its listeners; they write to a {@code RunStorage}, the run's {@code stats.db}, and to
 * {@code quantization.csv}. A {@code LocalUiServer} shows the storage while the run goes on; {@code
 * MonitorCommand} shows it afterwards.
 *
 * <p>Depends on {@code dl4j-q4-ui}, on {@code org.dl4j.q4.stats} and on the networks of {@code
 * model}. Nothing here changes a training.
 */
package org.dl4j.q4.examples.monitor;
