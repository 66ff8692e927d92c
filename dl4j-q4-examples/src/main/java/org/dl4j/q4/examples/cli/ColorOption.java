package org.dl4j.q4.examples.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code --color}, for commands that print tables. */
public final class ColorOption {

  enum When {
    AUTO(Ansi.AUTO),
    ALWAYS(Ansi.ON),
    NEVER(Ansi.OFF);

    private final Ansi ansi;

    When(Ansi ansi) {
      this.ansi = ansi;
    }
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "auto (default): in colour on a terminal, unless NO_COLOR is in the environment; always;"
              + " never.")
  private When color = When.AUTO;

  /**
   * @return whether to print in colour
   */
  public Ansi ansi() {
    return color.ansi;
  }
}
