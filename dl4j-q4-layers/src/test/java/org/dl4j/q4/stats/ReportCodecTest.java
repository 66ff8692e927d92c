package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReportCodecTest {

  private static final LayerStatistics CONV =
      new LayerStatistics(
          "conv, \"ä\"",
          "W",
          6,
          0,
          new CodeHistogram(new long[] {1, 2, 3}),
          new CodeChanges(0.25, 0.125, Double.NaN, -0.5),
          new GridFit(0.1, Double.POSITIVE_INFINITY, 1.5),
          new GradientNorm(3, 0.75));

  private static final LayerStatistics NAN =
      LayerStatistics.withoutCodes("out", "W", new double[] {Double.NaN}, GradientNorm.UNKNOWN);

  private static final byte[] BYTES = ReportCodec.encode(Figures.report(700, CONV, NAN));

  /** Behind the first entry's two names. */
  private static final int ENTRY = 46 + 2 + 10 + 2 + 1;

  @Test
  void decodesEachFigure() {
    QuantizationReport report = ReportCodec.decode(BYTES);

    assertEquals(0, report.network());
    assertEquals(1700, report.timestamp());
    assertEquals(700, report.iteration());
    assertEquals(3, report.epoch());
    assertEquals(2, report.gradient().beforeClipping(), 0);
    assertEquals(0.5, report.gradient().afterClipping(), 0);
    assertEquals(2, report.layers().size());
    LayerStatistics conv = report.layers().get(0);
    assertEquals("conv, \"ä\"", conv.layer());
    assertEquals("W", conv.parameter());
    assertEquals(6, conv.weights());
    assertEquals(0, conv.nonFinite());
    assertArrayEquals(new long[] {1, 2, 3}, conv.histogram().counts());
    assertEquals(0.25, conv.changes().flipped(), 0);
    assertEquals(0.125, conv.changes().oscillating(), 0);
    assertEquals(Double.NaN, conv.changes().flipTrend(), 0);
    assertEquals(-0.5, conv.changes().scaleDrift(), 0);
    assertEquals(0.1, conv.fit().scale(), 0);
    assertEquals(Double.POSITIVE_INFINITY, conv.fit().sqnr(), 0);
    assertEquals(1.5, conv.fit().outlierRatio(), 0);
    assertEquals(3, conv.gradient().beforeClipping(), 0);
    assertEquals(0.75, conv.gradient().afterClipping(), 0);
    assertEquals(1, report.layers().get(1).nonFinite());
    assertEquals(0, report.layers().get(1).histogram().levels());
    assertEquals(WarningKind.NON_FINITE, report.warnings().get(0).kind());
  }

  /** Written down from the table in the class's documentation. */
  @Test
  void hasTheDocumentedLayout() {
    ByteBuffer bytes = ByteBuffer.wrap(BYTES);
    assertEquals('Q' << 24 | '4' << 16 | 'S' << 8 | 'T', bytes.getInt(0));
    assertEquals(1, bytes.getShort(4));
    assertEquals(1700, bytes.getLong(10));
    assertEquals(700, bytes.getInt(18));
    assertEquals(2.0, bytes.getDouble(26), 0);
    assertEquals(2, bytes.getInt(42)); // entries
    assertEquals(10, bytes.getShort(46)); // bytes of the first name: ä has two
    int entry = ENTRY;
    assertEquals(6, bytes.getLong(entry));
    assertEquals(3, bytes.getShort(entry + 16));
    assertEquals(1, bytes.getLong(entry + 18));
    assertEquals(0.25, bytes.getDouble(entry + 42), 0);
    assertEquals(0.1, bytes.getDouble(entry + 74), 0);
    assertEquals(3, bytes.getDouble(entry + 98), 0);
  }

  @Test
  void refusesEveryPart() {
    for (int length = 0; length < BYTES.length; length++) {
      byte[] part = Arrays.copyOf(BYTES, length);
      assertThrows(IllegalArgumentException.class, () -> ReportCodec.decode(part));
    }
    byte[] longer = Arrays.copyOf(BYTES, BYTES.length + 1);
    assertThrows(IllegalArgumentException.class, () -> ReportCodec.decode(longer));
  }

  @Test
  void refusesOthersByName() {
    byte[] later = BYTES.clone();
    later[5] = 2;
    String message =
        assertThrows(IllegalArgumentException.class, () -> ReportCodec.decode(later)).getMessage();
    assertEquals("A quantization report has version 2, expected 1", message);

    byte[] other = BYTES.clone();
    other[0] = 0;
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ReportCodec.decode(other))
            .getMessage()
            .contains("begins with"));

    byte[] levels = BYTES.clone();
    levels[ENTRY + 16] = -1;
    assertThrows(IllegalArgumentException.class, () -> ReportCodec.decode(levels));
  }
}
