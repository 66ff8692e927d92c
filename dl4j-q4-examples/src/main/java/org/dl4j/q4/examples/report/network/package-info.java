/**
 * What a saved network shows in a report: sizes of its parameters, histograms of its weights and
 * codes. Codes come from the quantizer, sizes from {@code NetworkSummary}, as in {@code q4.jar
 * summary}.
 *
 * <p>It knows {@code chart} and {@code page}, and nothing of runs.
 */
package org.dl4j.q4.examples.report.network;
