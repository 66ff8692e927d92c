/**
 * Whether a network written by {@link org.dl4j.q4.onnx.OnnxExport} gives in ONNX Runtime what it
 * gives here, and what ONNX Runtime makes of it. Depends on ONNX Runtime, which outside this
 * package {@code contenders.OrtVggInference} alone does.
 */
package org.dl4j.q4.benchmarks.onnx;
