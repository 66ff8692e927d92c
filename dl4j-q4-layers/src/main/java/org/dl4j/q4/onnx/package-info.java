/**
 * Networks as ONNX files, for whoever runs them without a JVM.
 *
 * <p>{@link org.dl4j.q4.onnx.OnnxExport} takes a network of either kind. {@link
 * org.dl4j.q4.network.NetworkSteps} makes both kinds one list of steps in the order of the forward
 * pass; each layer's step is written by the {@code LayerExport} of its type, each vertex's by
 * {@code Vertices}, each preprocessor's by {@code PreProcessors}, into a {@code GraphWriter}.
 * Images are channels-first throughout the ONNX graph, whatever their layout in the network: a
 * {@code Value} carries that layout along, and only where it shows, as when images are flattened,
 * is there a node for it.
 *
 * <p>Quantized weights are the codes and scales of {@link org.dl4j.q4.layers.QuantizedWeights}. For
 * inference in integers, {@code RoundedActivations} says which activations are rounded to 8 bits,
 * and {@code IntegerWeights} writes what is multiplied with them.
 *
 * <p>Depends on {@code network}, {@code layers}, {@code quant}, {@code io}, {@code convert}, {@code
 * infer}, Deeplearning4j, and the classes of ONNX's format that come with nd4j-api.
 */
package org.dl4j.q4.onnx;
