/**
 * Inference without Deeplearning4j's layers, with 8-bit activations and integer sums where it is
 * asked for.
 *
 * <p>A network becomes an {@link org.dl4j.q4.infer.InferencePlan}, a list of {@link
 * org.dl4j.q4.infer.Operation}s: {@code Planner} walks through the steps of the network with batch
 * norm folded, {@code PlannedLayers} knows the kinds of layers. {@link
 * org.dl4j.q4.infer.Calibration} finds out the ranges of its activations, {@link
 * org.dl4j.q4.infer.ValueTypes} chooses from them which values are integers, and with which scale.
 * An {@link org.dl4j.q4.infer.InferenceBackend} of another module runs that; users see {@link
 * org.dl4j.q4.infer.InferenceEngine} alone.
 *
 * <p>Codes and scales of weights are those of {@link org.dl4j.q4.layers.QuantizedWeights}. Depends
 * on {@code network}, {@code convert}, {@code layers}, {@code packed}, {@code kernels} and {@code
 * quant}; on no backend.
 */
package org.dl4j.q4.infer;
