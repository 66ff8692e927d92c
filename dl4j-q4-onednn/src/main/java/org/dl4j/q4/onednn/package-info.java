/**
 * Kernels on oneDNN itself, through JavaCPP's preset, on ND4J's own buffers: {@link
 * org.dl4j.q4.onednn.F32Kernels} and {@link org.dl4j.q4.onednn.Bf16Kernels}, found by {@link
 * java.util.ServiceLoader}. Depends on {@code org.dl4j.q4.kernels} and the preset; knows no layer.
 *
 * <p>A kernel keeps what it has made for each shape it has seen (a {@code Task} is a primitive with
 * its arguments), so that a training step creates nothing and only sets addresses. An array that
 * lies as the primitive wants it is used in place; any other goes through {@code Scratch}, which
 * each thread has once for all kernels. Images are computed channels-last.
 */
package org.dl4j.q4.onednn;
