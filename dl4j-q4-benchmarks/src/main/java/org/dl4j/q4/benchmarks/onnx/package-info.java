/**
 * Whether a network written by {@link org.dl4j.q4.onnx.OnnxExport} gives in ONNX Runtime what it
 * gives here. Depends on ONNX Runtime, which nothing outside this package does.
 */
package org.dl4j.q4.benchmarks.onnx;
