/**
 * Files: {@link org.dl4j.q4.io.AtomicFile}, by which every file of this library is written, and
 * {@link org.dl4j.q4.io.Checkpoints}, from which an interrupted training goes on.
 *
 * <p>Knows Deeplearning4j's networks and their serializer; nothing of quantization: a 4-bit
 * network's checkpoint is Deeplearning4j's zip of its float weights.
 */
package org.dl4j.q4.io;
