package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Runs {@code train} in this process, and reads what it leaves. */
final class TrainRunner {

  /** Hears of each line while the command runs. */
  @FunctionalInterface
  interface LineListener {
    void onLine(String line) throws IOException;
  }

  private final StringWriter out;
  private final StringWriter err = new StringWriter();

  TrainRunner() {
    this(line -> {});
  }

  TrainRunner(LineListener listener) {
    this.out =
        new StringWriter() {
          @Override
          public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            try {
              listener.onLine(text.substring(offset, offset + length));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
  }

  /**
   * @param arguments the command line
   * @return the exit code
   */
  int run(List<String> arguments) {
    return new CommandLine(new TrainCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(new String[0]));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  static List<String> arguments(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }

  /** The rows of {@code metrics.csv} without the seconds, which no two runs share. */
  static List<String> results(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv")).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .collect(Collectors.toList());
  }
}
