package org.dl4j.q4.samediff;

import org.nd4j.common.config.ND4JSystemProperties;

/**
 * SameDiff's cache of arrays, which in 1.0.0-M2.1 makes the second execution of a session wrong:
 * {@link ArrayCacheTest}. A session lives for one call of {@code fit}, and for all calls of {@code
 * output} and {@code calculateGradients} in a thread.
 */
final class ArrayCache {

  private static final String PROPERTY = ND4JSystemProperties.SAMEDIFF_MEMORY_CACHE_DISABLE;

  private ArrayCache() {}

  /** Runs something whose sessions have no cache. */
  static void without(Runnable task) {
    String before = System.getProperty(PROPERTY);
    System.setProperty(PROPERTY, "false"); // the value says whether it is on
    try {
      task.run();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }
}
