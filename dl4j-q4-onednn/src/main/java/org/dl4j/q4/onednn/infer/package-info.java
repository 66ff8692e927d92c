/**
 * Runs the plans of {@code org.dl4j.q4.infer} on oneDNN: {@link
 * org.dl4j.q4.onednn.infer.OneDnnInference} is found by {@link java.util.ServiceLoader}.
 *
 * <p>A {@code CompiledNetwork} has a {@code ProductStore} for the weights of each convolution and
 * dense layer, and a {@code Program} for each shape of input, made by {@code ProgramBuilder} of
 * {@code Primitives}. A program's values lie channels-last, share {@code Places} in memory, and are
 * bytes where the plan's types say integers. Weights that are kept packed are unpacked by a {@code
 * WeightFeed} right before the primitive that reads them.
 *
 * <p>Depends on {@code runtime}, oneDNN's preset and the layers' {@code infer}.
 */
package org.dl4j.q4.onednn.infer;
