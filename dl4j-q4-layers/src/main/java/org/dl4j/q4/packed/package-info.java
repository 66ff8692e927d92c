/**
 * The packed model: a network as small as its codes, in memory and in a {@code .q4} file.
 *
 * <p>{@link org.dl4j.q4.packed.PackedModel} is the door. Packing asks each layer for its codes and
 * scales ({@link org.dl4j.q4.layers.QuantizedWeights}) and takes all other parameters as they are;
 * unpacking hands them back, so that every 4-bit number is still the one quantizer's. Writing and
 * reading follow docs/q4-format.md, which has each byte.
 *
 * <p>A file is not trusted: lengths are compared with what is left of it before memory is taken,
 * its checksum before anything is made of it, the classes that its configuration names with those
 * that are trusted, and the network's size with the number of parameters that it holds. What is
 * wrong is a {@link org.dl4j.q4.packed.PackedModelException} that says where.
 *
 * <p>Depends on {@code layers}, {@code quant} and {@code io}.
 */
package org.dl4j.q4.packed;
