package org.dl4j.q4.examples.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * A table for a terminal. Cells are padded before they are coloured, so that columns are aligned
 * with colours and without.
 */
public final class TextTable {

  private static final String GAP = "  ";

  private final int names;
  private final Ansi ansi;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> styles = new ArrayList<>();

  /**
   * @param names so many columns stand to the left, the others to the right
   * @param titles of the columns
   * @param ansi whether in colour
   */
  public TextTable(int names, List<String> titles, Ansi ansi) {
    this.names = names;
    this.ansi = ansi;
    row(titles, "bold");
  }

  /**
   * @param cells a row
   * @param style of it, picocli's name such as {@code bold} or {@code yellow}; empty for none
   */
  public void row(List<String> cells, String style) {
    rows.add(List.copyOf(cells));
    styles.add(style);
  }

  /**
   * @return the lines, each with its end
   */
  public String format() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append(styled(line(rows.get(i), widths), styles.get(i))).append(System.lineSeparator());
    }
    return text.toString();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(row.get(i)));
      line.append(i < names ? row.get(i) + padding : padding + row.get(i)).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private String styled(String line, String style) {
    return style.isEmpty() ? line : paint(ansi, style, line);
  }

  /**
   * @param ansi whether in colour
   * @param style picocli's name of it, such as {@code cyan}
   * @param text any, taken literally
   * @return the text between the codes that begin and end the style
   */
  public static String paint(Ansi ansi, String style, String text) {
    // Not through picocli's markup, which a layer's name might contain.
    if (!ansi.enabled()) {
      return text;
    }
    // Reset, since picocli's end of bold is a double underline to many terminals.
    return Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.reset.on();
  }
}
