/**
 * The paper's architectures, each in two precisions that differ in nothing but the quantizer and
 * the soft clip: same layers, same initial weights from a seed, same recipe; and {@code
 * ModelOptions}, the options by which commands make one.
 */
package org.dl4j.q4.examples.model;
