package org.dl4j.q4.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tables in Markdown of what contenders take one after the other, each in a process of its own: the
 * median milliseconds of a step, and the peak of memory in MB.
 */
final class Sweep {

  private final Rounds rounds;
  private final Installation installation;
  private final PrintStream results;
  private final PrintStream progress;

  /**
   * @param rounds how often each steps
   * @param installation where the contenders' jars are
   * @param results where the tables go
   * @param progress where it tells what it is at
   */
  Sweep(Rounds rounds, Installation installation, PrintStream results, PrintStream progress) {
    this.rounds = rounds;
    this.installation = installation;
    this.results = results;
    this.progress = progress;
  }

  /**
   * Writes the titles.
   *
   * @param first title of the column of names
   * @param groups what each pair of columns, ms and MB, is of
   */
  void header(String first, List<String> groups) {
    List<String> titles = new ArrayList<>(List.of(first));
    for (String group : groups) {
      titles.add(group + " ms");
      titles.add(group + " MB");
    }
    results.println(MarkdownTable.header(titles));
  }

  /**
   * Runs the contenders and writes what they took.
   *
   * @param name what stands first
   * @param specs a contender for each pair of columns
   * @throws IOException if a process cannot be started
   * @throws ContenderFailedException if a contender fails
   */
  void row(String name, List<ContenderSpec> specs) throws IOException {
    List<String> cells = new ArrayList<>(List.of(name));
    for (ContenderSpec spec : specs) {
      progress.printf("%s: %s%n", name, spec.name());
      Solo solo = Solo.of(spec, rounds, installation);
      cells.add(number(solo.milliseconds()));
      cells.add(number(solo.megabytes()));
    }
    results.println(MarkdownTable.row(cells));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }
}
