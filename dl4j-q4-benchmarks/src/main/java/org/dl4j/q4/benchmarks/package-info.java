/**
 * Speed side by side, and parity: each {@link org.dl4j.q4.benchmarks.Benchmark} sets one of our
 * contenders against another one and yields a {@link org.dl4j.q4.benchmarks.Ratio}, ours ÷ theirs.
 *
 * <p>A contender is a process of its own ({@link org.dl4j.q4.benchmarks.ChildProcess}), for what is
 * compared cannot share one: native builds of ND4J exclude each other, libraries come in different
 * versions, and the allocator is set by the environment. {@link
 * org.dl4j.q4.benchmarks.ContenderSpec} says what its JVM runs on, {@link
 * org.dl4j.q4.benchmarks.Match} lets the two take turns, so that whatever else the machine does
 * meets both. What runs inside is in {@link org.dl4j.q4.benchmarks.contenders}; this package sees
 * of it only class names and a protocol of lines.
 *
 * <p>{@link org.dl4j.q4.benchmarks.Parity} starts two processes in the same way, to compare weights
 * instead of times; the rest of it is in {@link org.dl4j.q4.benchmarks.parity}.
 *
 * <p>To add a benchmark, write a {@link org.dl4j.q4.benchmarks.contenders.Contender} and name it in
 * {@link org.dl4j.q4.benchmarks.Catalog}.
 */
package org.dl4j.q4.benchmarks;
