/**
 * What runs inside the processes that are compared: implementations of {@link
 * org.dl4j.q4.benchmarks.contenders.Contender}, each with a {@code main} that hands it to {@link
 * org.dl4j.q4.benchmarks.contenders.ContenderMain}.
 *
 * <p>All of them are in one jar, while every process has other libraries: PyTorch's lacks ND4J,
 * stock Deeplearning4j's lacks ours. So a class here refers to the libraries of one contender only.
 */
package org.dl4j.q4.benchmarks.contenders;
