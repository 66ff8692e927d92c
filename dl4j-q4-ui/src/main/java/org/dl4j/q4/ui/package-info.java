/**
 * The state of 4-bit weights as a page of Deeplearning4j's training UI.
 *
 * <p>{@link org.dl4j.q4.ui.QuantizationModule} is the door, which that UI's server finds by itself.
 * A request for data goes through {@code DataRoutes}: {@code sessions} reads the stored reports
 * that are asked for, {@code json} writes them down. The page itself is a handful of files beside
 * this package's classes, which {@code Assets} hands out; what they show, they get from these
 * routes.
 *
 * <p>Depends on that UI's server, on {@code org.dl4j.q4.stats} and its storage, and on nothing that
 * computes: reports come out of a {@code StatsStorage}, and leave as JSON.
 */
package org.dl4j.q4.ui;
