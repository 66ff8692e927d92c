package org.dl4j.q4.ui.sessions;

import java.util.Arrays;

/** Fewer of many moments, evenly spread. */
public final class Thinning {

  private Thinning() {}

  /**
   * @param times ascending
   * @param points how many to keep at most, 2 or more
   * @return all of them if there are no more than that; else as many, the first and the last among
   *     them, at equal distances by their number, within one
   */
  public static long[] thin(long[] times, int points) {
    if (points < 2) {
      throw new IllegalArgumentException("Expected 2 points or more, found " + points);
    }
    if (times.length <= points) {
      return times.clone();
    }
    int last = times.length - 1;
    long[] kept = new long[points];
    Arrays.setAll(kept, i -> times[(int) ((long) i * last / (points - 1))]);
    return kept;
  }
}
