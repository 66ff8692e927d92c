package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.dl4j.q4.examples.monitor.MonitoringOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a run's results depend on: the values of the options that decide them, and facts such as
 * which images they were. Written when the run starts, compared when it is resumed.
 */
final class RunRecord {

  /** Not of the run, but of one start of it; so are the options of monitoring. */
  private static final Set<String> NOT_KEPT =
      Set.of("--out", "--resume", "--download", "--help", "--version");

  /** Kept, so that it need not be given again; but the images may have been moved. */
  private static final String DATA_DIR = "--data-dir";

  private static final String EPOCHS = "--epochs";
  private static final String RECIPE = "--recipe";

  private final TreeMap<String, String> values;

  private RunRecord(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * @param spec a command whose arguments were parsed
   * @return its options as they are
   */
  static RunRecord of(CommandSpec spec) {
    Map<String, String> values = new TreeMap<>();
    for (OptionSpec option : spec.options()) {
      if (isKept(option.longestName())) {
        String value = value(option);
        if (value != null) {
          values.put(option.longestName(), value);
        }
      }
    }
    return new RunRecord(values);
  }

  /** As it is given on the command line; null for an option without a value. */
  private static String value(OptionSpec option) {
    return text(option.getValue());
  }

  private static String text(Object value) {
    if (value instanceof Path) {
      return ((Path) value).toAbsolutePath().toString();
    }
    return value == null || Boolean.FALSE.equals(value) ? null : value.toString();
  }

  /**
   * @param fact what
   * @param value which
   * @return this record with a fact that no option says
   */
  RunRecord with(String fact, String value) {
    RunRecord more = new RunRecord(values);
    more.values.put(fact, value);
    return more;
  }

  /**
   * The arguments of a resumed run: those given, and for the others the record's.
   *
   * @param spec the command, its arguments parsed
   * @return all arguments
   * @throws IllegalArgumentException if one was given that the run was not started with, saying
   *     which
   */
  List<String> complete(CommandSpec spec) {
    List<String> arguments = new ArrayList<>();
    TreeMap<String, String> differences = new TreeMap<>();
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
      String value = given ? value(option) : values.get(name);
      if (value != null) {
        arguments.add(value.equals("true") ? name : name + "=" + value);
      }
      String started = values.containsKey(name) ? values.get(name) : text(option.initialValue());
      if (given && isCompared(name) && !Objects.equals(value, started)) {
        differences.put(name, value);
      }
    }
    if (mayBeLonger()) {
      differences.remove(EPOCHS);
    }
    refuse(differences);
    return arguments;
  }

  private static boolean isKept(String name) {
    return !NOT_KEPT.contains(name) && !MonitoringOptions.NAMES.contains(name);
  }

  private static boolean isCompared(String name) {
    return isKept(name) && !name.equals(DATA_DIR);
  }

  /** The paper's schedule does not depend on where it ends. */
  private boolean mayBeLonger() {
    return RecipeName.PAPER.toString().equalsIgnoreCase(values.get(RECIPE));
  }

  /**
   * @param now a resumed run's record
   * @throws IllegalArgumentException if it differs from this one, saying in what
   */
  void requireSame(RunRecord now) {
    TreeMap<String, String> differences = new TreeMap<>();
    for (String name : values.keySet()) { // not those that are newer than the run
      if (isCompared(name)
          && !Objects.equals(values.get(name), now.values.get(name))
          && !(name.equals(EPOCHS) && mayBeLonger())) {
        differences.put(name, now.values.get(name));
      }
    }
    refuse(differences);
  }

  private void refuse(Map<String, String> differences) {
    if (differences.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("Cannot resume: ");
    differences.forEach(
        (name, value) ->
            text.append(name)
                .append(" is ")
                .append(value == null ? "not given" : value)
                .append(", but the run was started ")
                .append(values.containsKey(name) ? "with " + values.get(name) : "without it")
                .append("; "));
    throw new IllegalArgumentException(text + "leave out what differs, or start another --out");
  }

  /**
   * @param file replaced if it is there
   * @throws IOException if it cannot be written
   */
  void write(Path file) throws IOException {
    OptionsFile.write(values, file);
  }

  /**
   * @param file from {@link #write}
   * @return the record
   * @throws IOException if it cannot be read or is no such file, saying where
   */
  static RunRecord read(Path file) throws IOException {
    return new RunRecord(OptionsFile.read(file));
  }
}
