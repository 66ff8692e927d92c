package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.dl4j.q4.io.AtomicFile;

/** Tables in Markdown: the first column holds names, the others figures. */
final class Markdown {

  /** Where there is nothing to say. */
  static final String NONE = "–";

  private Markdown() {}

  /**
   * @param titles of the columns
   * @return the first two lines of a table
   */
  static String header(List<String> titles) {
    return row(titles)
        + "| --- |"
        + String.join("", Collections.nCopies(titles.size() - 1, " ---: |"))
        + "\n";
  }

  /**
   * @param cells one for each column
   * @return a line
   */
  static String row(List<String> cells) {
    StringBuilder row = new StringBuilder("|");
    cells.forEach(cell -> row.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    return row.append('\n').toString();
  }

  /**
   * @param value any
   * @param digits after the point
   * @return the number, with a minus sign rather than a hyphen, and none before zero
   */
  static String number(double value, int digits) {
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    if (text.startsWith("-")) {
      return text.matches("-[0.]+") ? text.substring(1) : "−" + text.substring(1);
    }
    return text;
  }

  /**
   * Puts a text where it is to go, in UTF-8 wherever that is: a table is redirected into a file
   * more often than read on a terminal, and a "?" for each "±" would go unseen.
   *
   * @param text the text
   * @param file replaced if it is there; null for standard output
   * @throws IOException if the file cannot be written
   */
  static void write(String text, Path file) throws IOException {
    if (file == null) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.print(text);
      out.flush();
      return;
    }
    AtomicFile.write(file.toAbsolutePath(), part -> Files.writeString(part, text));
  }

  /**
   * @param value a number
   * @param digits how many significant ones to keep
   * @return it in plain notation, however small it is
   */
  static String significant(double value, int digits) {
    return new BigDecimal(value)
        .round(new MathContext(digits))
        .stripTrailingZeros()
        .toPlainString();
  }
}
