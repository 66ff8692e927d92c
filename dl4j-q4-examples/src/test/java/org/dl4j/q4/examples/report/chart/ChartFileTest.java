package org.dl4j.q4.examples.report.chart;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChartFileTest {

  @Test
  void saysWhatToInstallWithoutFonts() {
    Runnable drawing =
        () -> {
          throw new Error("Probable fatal error: No physical fonts found.");
        };

    String message =
        assertThrows(IOException.class, () -> ChartFile.requireFonts(drawing)).getMessage();

    assertTrue(message.contains("No physical fonts found"), message);
    assertTrue(message.contains("fonts-dejavu-core"), message);
  }
}
