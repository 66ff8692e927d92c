package org.dl4j.q4.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TextTableTest {

  private static List<String> lines(Ansi ansi) {
    TextTable table = new TextTable(1, List.of("layer", "bytes"), ansi);
    table.row(List.of("@|red x|@", "1,024"), "green");
    table.row(List.of("7×7", "5"), "");
    return table.format().lines().collect(Collectors.toList());
  }

  @Test
  void alignsNamesLeftAndFiguresRight() {
    assertEquals(
        List.of("layer      bytes", "@|red x|@  1,024", "7×7            5"), lines(Ansi.OFF));
  }

  @Test
  void coloursWholeLinesSoThatColumnsStayAligned() {
    assertEquals(
        List.of(
            "\u001b[1mlayer      bytes\u001b[0m",
            "\u001b[32m@|red x|@  1,024\u001b[0m",
            "7×7            5"),
        lines(Ansi.ON));
  }
}
