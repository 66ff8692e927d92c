/**
 * How good a network is: {@code Score}, the loss and accuracy of a network's predictions, and the
 * {@code evaluate} command, which computes them of a saved network, if asked to after quantizing
 * its float weights.
 *
 * <p>Knows images, networks and the converter; not how they were trained.
 */
package org.dl4j.q4.examples.evaluate;
