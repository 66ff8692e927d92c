package org.dl4j.q4.examples.report.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dl4j.q4.examples.report.chart.OrderedLines;
import org.dl4j.q4.examples.report.chart.Picture;
import org.dl4j.q4.examples.report.page.Section;
import org.dl4j.q4.examples.report.page.Table;

/** The part of a page that is about the statistics of a run. */
public final class StatsSection {

  private StatsSection() {}

  /**
   * @param title heading
   * @param file a CSV file of {@code Q4StatsListener}'s reports
   * @param suffix what the names of its pictures end in; empty if there is one run
   * @return figures of each layer over iterations, and the warnings; empty if there is no report
   * @throws IOException if it is no such file, saying where
   */
  public static Section of(String title, Path file, String suffix) throws IOException {
    StatsFile stats = StatsFile.read(file);
    Section section = new Section(title);
    if (stats.layers().isEmpty()) {
      return section;
    }
    List<Warning> warnings = stats.warnings();
    section.text(warnings.isEmpty() ? "No warnings." : "Warnings:");
    Table table =
        new Table(
            3,
            List.of("layer", "warning", "meaning", "reports", "first iteration", "last iteration"));
    warnings.forEach(warning -> table.row(warning.cells()));
    section.table(table);
    if (stats.hasSeveralNetworks()) {
      section.text("The file has figures of several networks; these are the first one's.");
    }
    for (StatsColumn column : StatsColumn.values()) {
      OrderedLines lines = new OrderedLines();
      for (String layer : stats.layers()) {
        lines.add(layer, stats.iterations(layer), stats.values(layer, column));
      }
      if (!lines.isEmpty()) {
        section.picture(
            new Picture(
                column.key().replace('_', '-') + suffix,
                column.description(),
                lines.chart(column.title(), "iteration", column.axis())));
      }
    }
    return section;
  }
}
