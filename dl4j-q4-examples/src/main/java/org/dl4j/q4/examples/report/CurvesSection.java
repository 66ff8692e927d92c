package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.dl4j.q4.examples.report.chart.ChartStyle;
import org.dl4j.q4.examples.report.chart.Picture;
import org.dl4j.q4.examples.report.page.Section;

/** The part of a page with accuracy and losses over epochs. */
final class CurvesSection {

  private static final int HEIGHT = 450;

  private CurvesSection() {}

  /**
   * @param groups of runs, at least one
   * @param paper dashed on top; null for none
   * @return pictures of them, with as many groups in each as can be told apart
   * @throws IOException if a run or the log has not got a column
   */
  static Section of(List<RunGroup> groups, Metrics paper) throws IOException {
    Section section = new Section("Accuracy and loss");
    add(section, "accuracy", "Accuracy on images not trained on", Column.TEST_ACC, groups, paper);
    add(section, "test-loss", "Loss on images not trained on", Column.TEST_LOSS, groups, paper);
    add(section, "training-loss", "Loss in training", Column.TRAIN_LOSS, groups, paper);
    return section;
  }

  private static void add(
      Section section,
      String name,
      String title,
      Column column,
      List<RunGroup> groups,
      Metrics paper)
      throws IOException {
    int most = ChartStyle.COLOURS.size();
    for (int from = 0; from < groups.size(); from += most) {
      CurvesChart chart = new CurvesChart(title, column, HEIGHT);
      for (RunGroup group : groups.subList(from, Math.min(from + most, groups.size()))) {
        chart.add(group);
      }
      if (paper != null) {
        chart.addLog(RunReport.PAPER, paper);
      }
      if (chart.isEmpty()) {
        section.text(String.format(Locale.ROOT, "%s: no run has a finite value.", title));
      } else {
        section.picture(
            new Picture(
                name + (from == 0 ? "" : "-" + (from / most + 1)),
                description(chart, groups),
                chart.chart()));
      }
    }
  }

  private static String description(CurvesChart chart, List<RunGroup> groups) {
    String text = chart.description();
    boolean seeds = groups.stream().anyMatch(group -> group.runs().size() > 1);
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (seeds ? ". Thick lines are means over seeds, thin ones single seeds." : ".");
  }
}
