package org.dl4j.q4.ui;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.dl4j.q4.stats.ReportCodec;
import org.dl4j.q4.stats.storage.PersistableReport;

/** Reports with figures of one's choice, from bytes as the codec's Javadoc lays them out. */
public final class StoredReports {

  private StoredReports() {}

  /** A parameter's figures; those that are not given are NaN. */
  public static final class Layer {

    private final String name;
    private final String parameter;
    private long nonFinite;
    private long[] counts;
    private final double[] changes = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    private final double[] fit = {Double.NaN, Double.NaN, Double.NaN};
    private final double[] gradient = {Double.NaN, Double.NaN};

    public Layer(String name, String parameter, long... counts) {
      this.name = name;
      this.parameter = parameter;
      this.counts = counts;
    }

    public Layer nonFinite(long number) {
      nonFinite = number;
      return this;
    }

    public Layer changes(double flipped, double oscillating, double trend, double scaleDrift) {
      System.arraycopy(new double[] {flipped, oscillating, trend, scaleDrift}, 0, changes, 0, 4);
      return this;
    }

    public Layer fit(double scale, double sqnr, double outlierRatio) {
      System.arraycopy(new double[] {scale, sqnr, outlierRatio}, 0, fit, 0, 3);
      return this;
    }

    public Layer gradient(double before, double after) {
      System.arraycopy(new double[] {before, after}, 0, gradient, 0, 2);
      return this;
    }

    private void write(DataOutputStream out) throws IOException {
      out.writeUTF(name);
      out.writeUTF(parameter);
      long weights = 0;
      for (long count : counts) {
        weights += count;
      }
      out.writeLong(weights + nonFinite);
      out.writeLong(nonFinite);
      out.writeShort(counts.length);
      for (long count : counts) {
        out.writeLong(count);
      }
      for (double[] figures : new double[][] {changes, fit, gradient}) {
        for (double figure : figures) {
          out.writeDouble(figure);
        }
      }
    }
  }

  /** As a {@code StorageRoute} does. */
  public static void put(StatsStorage storage, PersistableReport... reports) {
    for (PersistableReport report : reports) {
      storage.putStaticInfo(report);
      storage.putUpdate(report);
    }
  }

  /** What the stock listener stores, of a score alone. */
  public static void putScore(
      StatsStorage storage, String session, String worker, long time, int iteration, double score) {
    SbeStatsInitializationReport info = new SbeStatsInitializationReport();
    info.reportIDs(session, StatsListener.TYPE_ID, worker, time);
    storage.putStaticInfo(info);
    SbeStatsReport report = new SbeStatsReport();
    report.reportIDs(session, StatsListener.TYPE_ID, worker, time);
    report.reportIterationCount(iteration);
    report.reportScore(score);
    storage.putUpdate(report);
  }

  /**
   * @return a report of epoch {@code iteration / 10}, with a gradient's norm of 2, clipped to 0.5
   */
  public static PersistableReport report(
      String session, String worker, long time, int iteration, Layer... layers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0x51345354);
      out.writeShort(1);
      out.writeInt(0);
      out.writeLong(time);
      out.writeInt(iteration);
      out.writeInt(iteration / 10);
      out.writeDouble(2);
      out.writeDouble(0.5);
      out.writeInt(layers.length);
      for (Layer layer : layers) {
        layer.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PersistableReport(session, worker, time, ReportCodec.decode(bytes.toByteArray()));
  }
}
