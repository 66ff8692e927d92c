package org.dl4j.q4.benchmarks.contenders;

/** Wall-clock time of a piece of work. */
public final class Stopwatch {

  private Stopwatch() {}

  /**
   * @param work what to time
   * @return milliseconds it took
   */
  public static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
