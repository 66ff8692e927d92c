package org.dl4j.q4.stats;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports as bytes, exactly: what is decoded has the same figures to the last bit. Numbers are
 * big-endian, doubles IEEE 754, strings those of {@link DataOutputStream#writeUTF}:
 *
 * <pre>
 *   int     magic, "Q4ST"
 *   short   version, 1
 *   int     network         long  timestamp      int  iteration      int  epoch
 *   double  norm of the network's gradient before and after clipping
 *   int     number of entries, and for each:
 *     string  layer           string  parameter
 *     long    weights         long    non-finite ones
 *     short   levels, and as many longs: the histogram
 *     double  flipped, oscillating, flip trend, scale drift
 *     double  scale, SQNR, outlier ratio
 *     double  norm of its gradient before and after clipping
 * </pre>
 *
 * <p>Warnings are not in it: they follow from the figures.
 */
public final class ReportCodec {

  private static final int MAGIC = 0x51345354; // "Q4ST"
  private static final short VERSION = 1;

  /** Of the widest codes, 8 bits. */
  private static final int MAX_LEVELS = 255;

  private ReportCodec() {}

  /**
   * @param report any
   * @return its bytes
   */
  public static byte[] encode(QuantizationReport report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeShort(VERSION);
      out.writeInt(report.network());
      out.writeLong(report.timestamp());
      out.writeInt(report.iteration());
      out.writeInt(report.epoch());
      write(report.gradient(), out);
      out.writeInt(report.layers().size());
      for (LayerStatistics layer : report.layers()) {
        write(layer, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a name of more than 65535 bytes
    }
    return bytes.toByteArray();
  }

  private static void write(LayerStatistics layer, DataOutputStream out) throws IOException {
    out.writeUTF(layer.layer());
    out.writeUTF(layer.parameter());
    out.writeLong(layer.weights());
    out.writeLong(layer.nonFinite());
    out.writeShort(layer.histogram().levels());
    for (long count : layer.histogram().counts()) {
      out.writeLong(count);
    }
    out.writeDouble(layer.changes().flipped());
    out.writeDouble(layer.changes().oscillating());
    out.writeDouble(layer.changes().flipTrend());
    out.writeDouble(layer.changes().scaleDrift());
    out.writeDouble(layer.fit().scale());
    out.writeDouble(layer.fit().sqnr());
    out.writeDouble(layer.fit().outlierRatio());
    write(layer.gradient(), out);
  }

  private static void write(GradientNorm norm, DataOutputStream out) throws IOException {
    out.writeDouble(norm.beforeClipping());
    out.writeDouble(norm.afterClipping());
  }

  /**
   * @param bytes from {@link #encode}
   * @return the report
   * @throws IllegalArgumentException if they are no report, a part of one, or one of a later
   *     version
   */
  public static QuantizationReport decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int magic = in.readInt();
      require(magic == MAGIC, "begins with", magic, MAGIC);
      short version = in.readShort();
      require(version == VERSION, "has version", version, VERSION);
      int network = in.readInt();
      long timestamp = in.readLong();
      int iteration = in.readInt();
      int epoch = in.readInt();
      GradientNorm gradient = norm(in);
      List<LayerStatistics> layers = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        layers.add(layer(in));
      }
      require(in.available() == 0, "has bytes behind its end:", in.available(), 0);
      return new QuantizationReport(network, timestamp, iteration, epoch, gradient, layers);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "A quantization report of " + bytes.length + " bytes ends too early or is damaged", e);
    }
  }

  private static LayerStatistics layer(DataInputStream in) throws IOException {
    String layer = in.readUTF();
    String parameter = in.readUTF();
    long weights = in.readLong();
    long nonFinite = in.readLong();
    int levels = in.readShort();
    require(
        levels == 0 || (levels > 0 && levels <= MAX_LEVELS && levels % 2 == 1),
        "has an entry whose number of levels is not 0 or odd, or too large:",
        levels,
        MAX_LEVELS);
    long[] counts = new long[levels];
    for (int i = 0; i < levels; i++) {
      counts[i] = in.readLong();
    }
    return new LayerStatistics(
        layer,
        parameter,
        weights,
        nonFinite,
        levels == 0 ? CodeHistogram.NONE : new CodeHistogram(counts),
        new CodeChanges(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
        new GridFit(in.readDouble(), in.readDouble(), in.readDouble()),
        norm(in));
  }

  private static GradientNorm norm(DataInputStream in) throws IOException {
    return new GradientNorm(in.readDouble(), in.readDouble());
  }

  private static void require(boolean condition, String what, int found, int expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          "A quantization report " + what + " " + found + ", expected " + expected);
    }
  }
}
