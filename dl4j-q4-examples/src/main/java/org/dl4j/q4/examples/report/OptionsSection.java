package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dl4j.q4.examples.report.page.Section;
import org.dl4j.q4.examples.report.page.Table;
import org.dl4j.q4.examples.train.OptionsFile;

/** The part of a page that says what the runs were started with. */
final class OptionsSection {

  private OptionsSection() {}

  /**
   * @param runs at least one
   * @return what differs, a row for each run; below it what all have in common
   * @throws IOException if options cannot be read
   */
  static Section of(List<Run> runs) throws IOException {
    List<Map<String, String>> options = new ArrayList<>();
    SortedSet<String> names = new TreeSet<>();
    for (Run run : runs) {
      options.add(OptionsFile.read(run.folder.resolve(OptionsFile.NAME)));
      names.addAll(options.get(options.size() - 1).keySet());
    }
    Table common = new Table(2, List.of("option", "value"));
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      if (options.stream().map(one -> one.getOrDefault(name, "")).distinct().count() > 1) {
        differing.add(name);
      } else {
        common.row(List.of(name, options.get(0).getOrDefault(name, "")));
      }
    }
    Section section = new Section("Options");
    if (!differing.isEmpty()) {
      List<String> titles = new ArrayList<>(List.of("run"));
      titles.addAll(differing);
      Table table = new Table(titles.size(), titles);
      for (int i = 0; i < runs.size(); i++) {
        List<String> row = new ArrayList<>(List.of(runs.get(i).name()));
        for (String name : differing) {
          row.add(options.get(i).getOrDefault(name, ""));
        }
        table.row(row);
      }
      section.table(table).text("In common:");
    }
    return section.table(common);
  }
}
