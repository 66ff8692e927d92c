package org.dl4j.q4.benchmarks.contenders;

/** One side of a benchmark: work that can be done again and again, and what it costs. */
public interface Contender extends AutoCloseable {

  /**
   * @return what is measured, in which versions, on one line
   */
  String description();

  /**
   * Does the work once. What only prepares it, such as drawing the data, is not part of the cost.
   *
   * @return what it cost, in the unit of the benchmark: milliseconds where time is measured
   */
  double step();

  @Override
  default void close() {}
}
