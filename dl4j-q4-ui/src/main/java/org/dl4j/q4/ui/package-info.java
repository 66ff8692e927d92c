/**
 * The state of 4-bit weights as a page of Deeplearning4j's training UI.
 *
 * <p>Depends on that UI's server, on {@code org.dl4j.q4.stats} and its storage, and on nothing that
 * computes: reports come out of a {@code StatsStorage}, and leave as JSON.
 */
package org.dl4j.q4.ui;
