/**
 * The arithmetic of the layers: convolution, batch normalization and channel sums on ND4J's ops, in
 * the order and the layout in which they reach oneDNN.
 *
 * <p>The runtime layers of {@code org.dl4j.q4.layers} hand arrays in and get arrays out; nothing
 * here knows a layer, a configuration or 4-bit weights. {@link org.dl4j.q4.kernels.NativeBuild}
 * says which native build of ND4J is loaded; without oneDNN, or in a type that oneDNN does not
 * compute, the layers stay on the code of their Deeplearning4j parents, which is then the faster.
 */
package org.dl4j.q4.kernels;
