package org.dl4j.q4.ui;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** The parameters of a request, checked. */
final class Query {

  /** Enough for a chart that fills a screen, and little enough for a browser that draws many. */
  static final int DEFAULT_POINTS = 500;

  static final int MAX_POINTS = 5000;

  private final UnaryOperator<String> parameters;

  /**
   * @param parameters from names to values, null for what is not there
   */
  Query(UnaryOperator<String> parameters) {
    this.parameters = parameters;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.apply(name));
  }

  String required(String name) {
    return text(name)
        .orElseThrow(() -> new RequestException(400, "Expected the parameter " + name));
  }

  /** Records of later times are asked for; of all times by default. */
  long after() {
    return integer("after", Long.MIN_VALUE, Long.MAX_VALUE).orElse(Long.MIN_VALUE);
  }

  /** How many records at most. */
  int points() {
    return integer("points", 2, MAX_POINTS).map(Long::intValue).orElse(DEFAULT_POINTS);
  }

  private Optional<Long> integer(String name, long least, long most) {
    return text(name)
        .map(
            text -> {
              try {
                long value = Long.parseLong(text);
                if (value >= least && value <= most) {
                  return value;
                }
              } catch (NumberFormatException e) {
                // Told below, as a number out of range is.
              }
              throw new RequestException(
                  400,
                  String.format(
                      "Parameter %s: expected an integer from %d to %d, found \"%s\"",
                      name, least, most, text));
            });
  }
}
