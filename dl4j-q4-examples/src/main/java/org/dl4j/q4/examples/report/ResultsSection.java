package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.dl4j.q4.examples.report.page.Section;
import org.dl4j.q4.examples.report.page.Table;

/** The part of a page that has the results in figures. */
final class ResultsSection {

  private ResultsSection() {}

  /**
   * @param groups of runs, at least one
   * @param paper a log to compare with at the same number of epochs; null for none
   * @return a table, a row for each group
   * @throws IOException if a run or the log has not got a column
   */
  static Section of(PageGroups groups, Metrics paper) throws IOException {
    Table table =
        new Table(
            1,
            List.of(
                "runs",
                "seeds",
                "epochs",
                "test accuracy, last epoch, %",
                "best epoch, %",
                "test loss",
                "training loss",
                "levels min / mean"));
    for (RunGroup group : groups.groups()) {
      table.row(row(group));
    }
    int longest = groups.groups().stream().mapToInt(RunGroup::epochs).max().getAsInt();
    if (paper != null) {
      table.row(paperRow(paper, Math.min(longest, paper.epochs())));
    }
    Section section = new Section("Results").table(table);
    if (groups.groups().stream().anyMatch(group -> group.runs().size() > 1)) {
      section.text("Mean ± sample standard deviation over seeds.");
    }
    section.text(
        "Losses and levels are those of the last epoch. The best epoch is chosen on the images that"
            + " it is measured on, which flatters it.");
    if (!groups.note().isEmpty()) {
      section.text(groups.note());
    }
    return section;
  }

  private static List<String> row(RunGroup group) throws IOException {
    return List.of(
        group.name(),
        "" + group.runs().size(),
        group.epochsDone(),
        last(group, Column.TEST_ACC),
        Summary.of(
                group.collect(
                    run -> Column.TEST_ACC.best(run.metrics.column(Column.TEST_ACC.key()))))
            .format(Column.TEST_ACC::format),
        last(group, Column.TEST_LOSS),
        last(group, Column.TRAIN_LOSS),
        ResultsTable.levels(group));
  }

  private static String last(RunGroup group, Column column) throws IOException {
    return Summary.of(group.collect(run -> run.metrics.last(column.key()))).format(column::format);
  }

  private static List<String> paperRow(Metrics paper, int epochs) throws IOException {
    double[] accuracies = Arrays.copyOf(paper.column(Column.TEST_ACC.key()), epochs);
    return List.of(
        RunReport.PAPER,
        "",
        epochs + " of " + paper.epochs(),
        Column.TEST_ACC.format(accuracies[epochs - 1]),
        Column.TEST_ACC.format(Column.TEST_ACC.best(accuracies)),
        Column.TEST_LOSS.format(paper.column(Column.TEST_LOSS.key())[epochs - 1]),
        Column.TRAIN_LOSS.format(paper.column(Column.TRAIN_LOSS.key())[epochs - 1]),
        Markdown.NONE);
  }
}
