/**
 * Parity with PyTorch: whether ten steps of a small 4-bit network lead to the same weights here and
 * there.
 *
 * <p>{@link org.dl4j.q4.benchmarks.parity.TorchSide} and {@link
 * org.dl4j.q4.benchmarks.parity.Q4Side} run in processes of their own, one after the other, since
 * their libraries exclude each other. Both draw the same initial parameters and minibatches ({@link
 * org.dl4j.q4.benchmarks.parity.Start}, {@link org.dl4j.q4.benchmarks.parity.Minibatch}) and leave
 * what they end up with in an {@link org.dl4j.q4.benchmarks.parity.ArrayFile} for each run; ours
 * also starts from the states that PyTorch's left. {@link
 * org.dl4j.q4.benchmarks.parity.ParityReport}, in the program that started them, compares.
 *
 * <p>Classes that begin with Torch refer to PyTorch alone, those that begin with Q4 to
 * Deeplearning4j alone, the others to neither. In the files parameters are in PyTorch's names of
 * dimensions and order: convolution [out, in, height, width], linear [out, in], variances as such.
 */
package org.dl4j.q4.benchmarks.parity;
