package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The results of groups of runs, a row a group, in Markdown with notes below. */
final class ResultsTable {

  /** How many epochs the mean is over unless it is said. */
  static final int LAST = 3;

  private final List<RunGroup> groups;
  private final Column column;

  /** Null for each group's last ones. */
  private final EpochRange epochs;

  /** Null for no comparison. */
  private final RunGroup baseline;

  /**
   * @param groups a row each
   * @param column what it is of
   * @param epochs that a mean is taken over; null for the last three
   * @param baseline one of the groups, that the others are compared with; null for none
   * @throws IOException if a group has not got these epochs, or cannot be compared
   */
  ResultsTable(List<RunGroup> groups, Column column, EpochRange epochs, RunGroup baseline)
      throws IOException {
    this.groups = groups;
    this.column = column;
    this.epochs = epochs;
    this.baseline = baseline;
    for (RunGroup group : groups) {
      int needed = epochs == null ? LAST : epochs.to;
      if (group.epochs() < needed) {
        throw new IOException(
            "Expected at least "
                + needed
                + " epochs to take a mean over; '"
                + group.name()
                + "' has "
                + group.epochs()
                + ": choose others with --epochs FROM-TO");
      }
      if (baseline != null) {
        group.requirePairs(baseline);
      }
    }
  }

  /**
   * @return the table and its notes
   * @throws IOException if a run has not got a column
   */
  String toMarkdown() throws IOException {
    StringBuilder text = new StringBuilder(column.title()).append("\n\n");
    text.append(Markdown.header(titles()));
    for (RunGroup group : groups) {
      text.append(Markdown.row(row(group)));
    }
    text.append('\n').append(String.join(" ", notes())).append('\n');
    return text.toString();
  }

  private String meanTitle() {
    return "mean of " + (epochs == null ? "the last " + LAST + " epochs" : epochs);
  }

  private List<String> titles() {
    List<String> titles =
        new ArrayList<>(List.of("configuration", "seeds", "epochs", "last epoch", meanTitle()));
    if (baseline != null) {
      titles.add("difference, last epoch");
      titles.add("difference, " + meanTitle());
    }
    titles.addAll(List.of("best epoch", "levels min / mean"));
    return titles;
  }

  private List<String> row(RunGroup group) throws IOException {
    List<String> cells = new ArrayList<>();
    cells.add(group.name());
    cells.add("" + group.runs().size());
    cells.add(group.epochsDone());
    cells.add(Summary.of(last(group)).format(column::format));
    cells.add(Summary.of(mean(group)).format(column::format));
    if (baseline != null) {
      cells.add(difference(group, last(group), last(baseline)));
      cells.add(difference(group, mean(group), mean(baseline)));
    }
    double[] best = group.collect(run -> column.best(run.metrics.column(column.key())));
    cells.add(Summary.of(best).format(column::format));
    cells.add(levels(group));
    return cells;
  }

  private double[] last(RunGroup group) throws IOException {
    return group.collect(run -> run.metrics.last(column.key()));
  }

  private double[] mean(RunGroup group) throws IOException {
    EpochRange range = epochs == null ? EpochRange.last(group.epochs(), LAST) : epochs;
    return group.collect(run -> range.mean(run.metrics.column(column.key())));
  }

  private String difference(RunGroup group, double[] values, double[] partners) {
    return group == baseline
        ? Markdown.NONE
        : PairedDifference.of(values, partners).format(column::formatDifference);
  }

  /** After the last epoch: the fewest of any layer and run, and the mean over both. */
  static String levels(RunGroup group) throws IOException {
    double[] fewest = group.collect(run -> run.metrics.last("levels_min"));
    double[] averages = group.collect(run -> run.metrics.last("levels_avg"));
    double min = Arrays.stream(fewest).min().getAsDouble();
    return Double.isNaN(min)
        ? Markdown.NONE
        : Markdown.number(min, 0) + " / " + Markdown.number(Summary.of(averages).mean, 2);
  }

  private List<String> notes() throws IOException {
    List<String> notes = new ArrayList<>();
    if (groups.stream().anyMatch(group -> group.runs().size() > 1)) {
      notes.add("Mean ± sample standard deviation over seeds.");
    }
    if (baseline != null) {
      notes.add(
          "Differences: configuration − ("
              + baseline.name()
              + "), paired by seed, with the 95 % interval of Student's t"
              + " with (seeds − 1) degrees of freedom.");
    }
    if (column == Column.TEST_ACC) {
      notes.add(
          "The best epoch is chosen on the images that it is measured on, which flatters it.");
      notes.addAll(imageNotes());
    }
    return notes;
  }

  /** Each number of images once, at the accuracy of the first group that has it. */
  private List<String> imageNotes() throws IOException {
    List<Integer> seen = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (RunGroup group : groups) {
      int images = group.configuration().testImages().orElse(0);
      if (images > 0 && !seen.contains(images)) {
        seen.add(images);
        double accuracy = Summary.of(last(group)).mean;
        notes.add(
            String.format(
                Locale.ROOT,
                "Measured on %,d images, one accuracy of %s %% has a standard error of %s points"
                    + " from the choice of the images, which is the same for every seed and no part"
                    + " of the deviations.",
                images,
                column.format(accuracy),
                column.format(standardError(accuracy, images))));
      }
    }
    return notes;
  }

  /**
   * The standard error of a share p of n independent trials, √(p (1 − p) / n), in percent.
   *
   * @param percent 100 p
   * @param n number of trials
   * @return 100 times the standard error
   */
  static double standardError(double percent, int n) {
    return Math.sqrt(percent * (100 - percent) / n);
  }
}
