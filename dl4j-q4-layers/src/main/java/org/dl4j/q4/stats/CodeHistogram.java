package org.dl4j.q4.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How often each code k of a tensor occurs, k = −q, …, q; with 4 bits q = 7. Immutable. */
public final class CodeHistogram {

  /** Of weights that have no codes, since some are not finite. */
  public static final CodeHistogram NONE = new CodeHistogram(new long[0]);

  private final long[] counts;

  CodeHistogram(long[] counts) {
    this.counts = counts.clone();
  }

  static CodeHistogram of(byte[] codes, int maxCode) {
    long[] counts = new long[2 * maxCode + 1];
    for (byte code : codes) {
      counts[code + maxCode]++;
    }
    return new CodeHistogram(counts);
  }

  /**
   * @return counts of the codes −q, …, q
   */
  public long[] counts() {
    return counts.clone();
  }

  /**
   * @return how many codes there are, 2q + 1; 0 if the weights have none
   */
  public int levels() {
    return counts.length;
  }

  /**
   * @return how many of them occur
   */
  public int levelsUsed() {
    return levels() - deadLevels().length;
  }

  /**
   * @return the codes that do not occur, ascending
   */
  public int[] deadLevels() {
    int maxCode = levels() / 2;
    return IntStream.range(0, levels()).filter(i -> counts[i] == 0).map(i -> i - maxCode).toArray();
  }

  /**
   * @return the share of weights at ±q, from 0 to 1; NaN if there are none
   */
  public double saturated() {
    return levels() == 0
        ? Double.NaN
        : (double) (counts[0] + counts[levels() - 1]) / Arrays.stream(counts).sum();
  }
}
