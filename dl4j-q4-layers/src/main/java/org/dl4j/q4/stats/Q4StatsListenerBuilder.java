package org.dl4j.q4.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sets what a {@link Q4StatsListener} does. At least one route is needed. */
public final class Q4StatsListenerBuilder {

  private int frequency = Q4StatsListener.DEFAULT_FREQUENCY;
  private boolean epochEnds = true;
  private final List<StatsRoute> routes = new ArrayList<>();

  Q4StatsListenerBuilder() {}

  /**
   * @param iterations from one report to the next, at least 1; {@value
   *     Q4StatsListener#DEFAULT_FREQUENCY} by default
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public Q4StatsListenerBuilder frequency(int iterations) {
    if (iterations < 1) {
      throw new IllegalArgumentException("frequency must be at least 1; got " + iterations);
    }
    this.frequency = iterations;
    return this;
  }

  /**
   * @param report whether to report at the ends of epochs, too; it is by default
   * @return this
   */
  public Q4StatsListenerBuilder epochEnds(boolean report) {
    this.epochEnds = report;
    return this;
  }

  /**
   * @param route where reports go, too
   * @return this
   */
  public Q4StatsListenerBuilder route(StatsRoute route) {
    routes.add(route);
    return this;
  }

  /**
   * @param file as {@link CsvRoute} writes it; continued if it is there
   * @return this
   * @throws IOException if it cannot be read or written
   */
  public Q4StatsListenerBuilder csv(Path file) throws IOException {
    return route(new CsvRoute(file));
  }

  /**
   * @return this, with reports to the log, too
   */
  public Q4StatsListenerBuilder log() {
    return route(new LogRoute());
  }

  /**
   * @return the listener
   * @throws IllegalStateException if reports go nowhere
   */
  public Q4StatsListener build() {
    if (routes.isEmpty()) {
      throw new IllegalStateException(
          "A Q4StatsListener needs a route: csv(file), log() or route(…)");
    }
    return new Q4StatsListener(frequency, epochEnds, routes);
  }
}
