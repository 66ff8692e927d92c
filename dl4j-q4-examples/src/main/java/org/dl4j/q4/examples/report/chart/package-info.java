/**
 * Charts of numbers, whatever they are of: lines over epochs or iterations, histograms, all in one
 * style and in colours that can be told apart with every kind of sight, and their files.
 *
 * <p>It knows XChart and no other package of this project but {@code io}.
 */
package org.dl4j.q4.examples.report.chart;
