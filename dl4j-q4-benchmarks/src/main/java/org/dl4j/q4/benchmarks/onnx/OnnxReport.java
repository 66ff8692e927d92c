package org.dl4j.q4.benchmarks.onnx;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dl4j.q4.benchmarks.MarkdownTable;

/** Says whether networks and their files agree. */
public final class OnnxReport {

  /** Largest difference of an output. */
  static final double BOUND = 1e-4;

  /** In the directory of the results. */
  static final String FILE = "comparisons.tsv";

  private final Path directory;

  /**
   * @param directory where {@link OnnxSide} has left its results
   */
  public OnnxReport(Path directory) {
    this.directory = directory;
  }

  /**
   * @param out gets a table, in Markdown, and then what does not agree, if anything
   * @return whether every network agrees: the same largest output for each image, and no output
   *     apart by 1e-4 or more
   * @throws IOException if the results are missing or cannot be read
   */
  public boolean write(PrintStream out) throws IOException {
    List<String> broken = new ArrayList<>();
    out.println(
        MarkdownTable.header(
            List.of(
                "network",
                "images",
                "same top 1",
                "largest difference",
                "ONNX file, bytes",
                "parameters packed",
                "parameters FP32")));
    for (String line : Files.readAllLines(directory.resolve(FILE))) {
      Comparison comparison = Comparison.ofLine(line);
      out.println(row(comparison));
      if (comparison.sameTop1() < comparison.images()) {
        broken.add(comparison.network() + ": the largest output differs");
      }
      // Written so that NaN is broken.
      if (!(comparison.largestDifference() < BOUND)) {
        broken.add(comparison.network() + ": outputs differ by " + comparison.largestDifference());
      }
    }
    out.println();
    broken.forEach(what -> out.println("BROKEN " + what));
    out.println(broken.isEmpty() ? "ONNX holds" : "ONNX is broken");
    return broken.isEmpty();
  }

  private static String row(Comparison comparison) {
    return MarkdownTable.row(
        List.of(
            comparison.network(),
            number(comparison.images()),
            number(comparison.sameTop1()),
            String.format(Locale.ROOT, "%.1e", comparison.largestDifference()),
            number(comparison.fileBytes()),
            number(comparison.packedBytes()),
            number(comparison.floatBytes())));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
