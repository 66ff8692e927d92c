package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dl4j.q4.io.AtomicFile;

/** A run's {@code options.txt}: a {@code name=value} a line. */
public final class OptionsFile {

  /** Its name in a run's folder. */
  public static final String NAME = "options.txt";

  private OptionsFile() {}

  /**
   * @param file the file
   * @return its values by their names; of options that are younger than the run and whose default
   *     varies, what was so before
   * @throws IOException if it cannot be read or is no such file, saying where
   */
  public static SortedMap<String, String> read(Path file) throws IOException {
    SortedMap<String, String> values = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      int equals = lines.get(i).indexOf('=');
      if (equals < 1) {
        throw new IOException(
            file + ", line " + (i + 1) + ": expected name=value, found '" + lines.get(i) + "'");
      }
      values.put(lines.get(i).substring(0, equals), lines.get(i).substring(equals + 1));
    }
    addOlder(values);
    return values;
  }

  private static void addOlder(SortedMap<String, String> values) {
    values.putIfAbsent("--label-smoothing", "0.0");
    values.putIfAbsent("--cutout", "0");
    if (!"resnet".equals(values.get("--model"))) {
      values.putIfAbsent("--dropout", "0.5");
    }
  }

  /**
   * @param values by their names
   * @param file replaced if it is there
   */
  static void write(Map<String, String> values, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    values.forEach((name, value) -> lines.add(name + "=" + value));
    AtomicFile.write(file, part -> Files.write(part, lines));
  }
}
