package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts runs into groups: those that have a name by it, the others by their configuration. */
final class RunGroups {

  private RunGroups() {}

  /**
   * @param runs at least one
   * @return the groups, in the order of their first runs
   * @throws IOException if a group's runs do not go together, or two groups have one name
   */
  static List<RunGroup> of(List<Run> runs) throws IOException {
    Map<Object, List<Run>> byKey = new LinkedHashMap<>();
    for (Run run : runs) {
      Object key = run.groupName != null ? run.groupName : run.configuration;
      byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(run);
    }
    List<Configuration> unnamed =
        byKey.keySet().stream()
            .filter(key -> key instanceof Configuration)
            .map(key -> (Configuration) key)
            .collect(Collectors.toList());
    Set<String> distinguishing = distinguishing(unnamed);
    Map<String, RunGroup> groups = new LinkedHashMap<>();
    for (Map.Entry<Object, List<Run>> entry : byKey.entrySet()) {
      String name;
      if (entry.getKey() instanceof Configuration) {
        String described = ((Configuration) entry.getKey()).describe(distinguishing);
        name = described.isEmpty() ? "all runs" : described;
      } else {
        name = (String) entry.getKey();
        requireOneConfiguration(name, entry.getValue());
      }
      if (groups.put(name, new RunGroup(name, entry.getValue())) != null) {
        throw new IOException(
            "Expected each group's name once; '" + name + "' is also made of options");
      }
    }
    return List.copyOf(groups.values());
  }

  /** Facts often follow from options, such as the kernels in use: they count if options do not. */
  private static Set<String> distinguishing(List<Configuration> configurations) {
    Set<String> differences = Configuration.differences(configurations);
    Set<String> options =
        differences.stream().filter(Configuration::isOption).collect(Collectors.toSet());
    long names = configurations.stream().map(one -> one.describe(options)).distinct().count();
    return names == configurations.size() ? options : differences;
  }

  private static void requireOneConfiguration(String name, List<Run> runs) throws IOException {
    List<Configuration> configurations =
        runs.stream().map(run -> run.configuration).collect(Collectors.toList());
    Set<String> differences = Configuration.differences(configurations);
    if (!differences.isEmpty()) {
      throw new IOException(
          "Expected runs that differ in their seed alone in the group '"
              + name
              + "'; they differ in "
              + String.join(", ", differences)
              + ": "
              + runs.stream()
                  .map(run -> run.folder + " has " + run.configuration.describe(differences))
                  .collect(Collectors.joining("; ")));
    }
  }

  /**
   * @param groups all
   * @param name of one
   * @return that one
   * @throws IllegalArgumentException if there is none of that name
   */
  static RunGroup named(List<RunGroup> groups, String name) {
    return groups.stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--baseline must be one of the groups "
                        + groups.stream()
                            .map(group -> "'" + group.name() + "'")
                            .collect(Collectors.joining(", "))
                        + "; got '"
                        + name
                        + "'"));
  }
}
