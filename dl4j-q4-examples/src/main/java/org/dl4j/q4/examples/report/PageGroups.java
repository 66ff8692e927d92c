package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The groups of a page. Unlike a table, a page shows what there is: where runs do not go together,
 * such as one that has not ended yet, each is a group of its own, named by its folder.
 */
final class PageGroups {

  private static final Pattern SEED = Pattern.compile("-[0-9]+$");

  private final List<RunGroup> groups;
  private final String note;

  private PageGroups(List<RunGroup> groups, String note) {
    this.groups = groups;
    this.note = note;
  }

  /**
   * @param runs at least one
   * @return their groups
   */
  static PageGroups of(List<Run> runs) throws IOException {
    try {
      return new PageGroups(quantizedFirst(named(RunGroups.of(runs))), "");
    } catch (IOException e) {
      List<RunGroup> each = new ArrayList<>();
      for (Run run : runs) {
        each.add(new RunGroup(run.name(), List.of(run)));
      }
      return new PageGroups(
          quantizedFirst(each), "Each run for itself: " + relative(e.getMessage(), runs) + ".");
    }
  }

  /** So that they have the same colours in pictures without the others. */
  private static List<RunGroup> quantizedFirst(List<RunGroup> groups) {
    return groups.stream()
        .sorted(Comparator.comparing(group -> group.configuration().isFullPrecision()))
        .collect(Collectors.toList());
  }

  /** A page may be read elsewhere, where folders are not. */
  private static String relative(String message, List<Run> runs) {
    String text = message;
    for (Run run : runs) {
      text = text.replace(run.folder.toString(), run.name());
    }
    return text;
  }

  /**
   * Twins that differ in their precision alone are called by it; others by their folders, where
   * these are NAME-SEED; or by the options in which they differ.
   */
  private static List<RunGroup> named(List<RunGroup> groups) throws IOException {
    for (Function<RunGroup, String> naming :
        List.<Function<RunGroup, String>>of(
            group -> group.configuration().precision(), PageGroups::folderName)) {
      List<String> names = groups.stream().map(naming).distinct().collect(Collectors.toList());
      if (names.size() == groups.size() && !names.contains("")) {
        List<RunGroup> named = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
          named.add(new RunGroup(names.get(i), groups.get(i).runs()));
        }
        return named;
      }
    }
    return groups;
  }

  /** What all folders of a group are called without their seeds; empty if that is not one name. */
  private static String folderName(RunGroup group) {
    List<String> names =
        group.runs().stream()
            .map(run -> SEED.matcher(run.name()).replaceFirst(""))
            .distinct()
            .collect(Collectors.toList());
    return names.size() == 1 ? names.get(0) : "";
  }

  List<RunGroup> groups() {
    return groups;
  }

  /**
   * @return why runs stand each for itself; empty if they do not
   */
  String note() {
    return note;
  }
}
