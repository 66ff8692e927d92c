/**
 * Layer configurations that take the place of Deeplearning4j's: {@code Q4…} with quantized weights,
 * {@code Fast…} with the parent's own results at oneDNN's speed.
 *
 * <p>Public here are configurations and their builders; each extends its Deeplearning4j parent, so
 * that whatever accepts the parent accepts it, and is changed for it by changing a class name. The
 * runtime layers beside them ({@code …Runtime}) are package-private. A forward pass goes: float
 * weights {@code W} → {@code LayerWeights} (quantized once, kept for the backward pass) → the
 * parent's code or {@code org.dl4j.q4.kernels}. The backward pass uses the same quantized weights
 * and writes the gradient of the float ones; after the update, {@code applyConstraints} ends with
 * the soft clip.
 *
 * <p>May depend on {@code quant}, {@code kernels}, {@code train}, Deeplearning4j and ND4J's API;
 * never on a backend.
 */
package org.dl4j.q4.layers;
