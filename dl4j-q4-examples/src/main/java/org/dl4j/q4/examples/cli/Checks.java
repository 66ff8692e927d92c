package org.dl4j.q4.examples.cli;

/** Checks of options' values. */
public final class Checks {

  private Checks() {}

  /**
   * @param holds whether an option is as it has to be
   * @param rule what it has to be, beginning with its name
   * @param found what it is
   * @throws IllegalArgumentException if it is not
   */
  public static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + "; got " + found);
    }
  }
}
