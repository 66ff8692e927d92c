/**
 * The seam between the layers and what they compute on. {@link org.dl4j.q4.kernels.Kernels} chooses
 * a {@link org.dl4j.q4.kernels.KernelSet}; the runtime layers of {@code org.dl4j.q4.layers} ask it
 * for one kernel each, hand arrays in and get arrays out. Kernels know arrays, windows and the
 * scale of weights, but no layer and no network.
 *
 * <p>The set that is always there stands in {@code org.dl4j.q4.kernels.nd4j}; others come from
 * modules of their own, through {@link java.util.ServiceLoader}. {@link
 * org.dl4j.q4.kernels.NativeBuild} says which native build of ND4J is loaded.
 */
package org.dl4j.q4.kernels;
