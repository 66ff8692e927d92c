package org.dl4j.q4.stats;

import java.io.IOException;

/** Where reports go. */
@FunctionalInterface
public interface StatsRoute {

  /**
   * Takes a report. Calls come one after the other, from the threads that train.
   *
   * @param report the next one
   * @throws IOException if it cannot be written; this ends the training
   */
  void put(QuantizationReport report) throws IOException;
}
