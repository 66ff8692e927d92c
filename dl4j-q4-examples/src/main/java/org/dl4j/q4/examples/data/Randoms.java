package org.dl4j.q4.examples.data;

import java.util.SplittableRandom;

/** Random numbers that depend on a seed and a place (an epoch, a class, a part of a set) only. */
final class Randoms {
  private Randoms() {}

  /**
   * The generator of one place of a seeded run. Hashing each step keeps neighbouring seeds and
   * places apart: {@code SplittableRandom}s whose seeds differ by a multiple of its increment
   * produce the same numbers, shifted.
   */
  static SplittableRandom at(long seed, long... place) {
    long hash = hash(seed);
    for (long step : place) {
      hash = hash(hash ^ step);
    }
    return new SplittableRandom(hash);
  }

  private static long hash(long value) {
    return new SplittableRandom(value).nextLong();
  }

  /** Puts the values in a uniformly random order. */
  static void shuffle(int[] values, SplittableRandom random) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
  }
}
