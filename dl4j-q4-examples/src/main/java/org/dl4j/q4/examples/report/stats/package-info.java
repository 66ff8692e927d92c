/**
 * What a file of {@code Q4StatsListener}'s reports shows in a report: figures of each layer over
 * iterations, and the warnings.
 *
 * <p>It knows {@code chart} and {@code page}, and nothing of runs. The columns are described in
 * docs/statistics.md.
 */
package org.dl4j.q4.examples.report.stats;
