package org.dl4j.q4.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A tensor's codes and scales in the reports so far: what its next ones are compared with.
 *
 * <p>With k(t) a weight's code in report t, it flips in t if k(t) ≠ k(t − 1), in the direction
 * sign(k(t) − k(t − 1)). It oscillates in t if it flips there in the other direction than in its
 * flip before, however long ago that was. So do Nagel et al. define it in "Overcoming Oscillations
 * in Quantization-Aware Training" (2022), with steps where we have reports: what goes and comes
 * between two reports is not seen.
 */
final class CodeHistory {

  /** The flip trend compares this many reports with as many before. */
  static final int TREND_REPORTS = 5;

  private byte[] codes;
  private double[] scales;

  /** Of each weight's last flip, 1 or −1; 0 before its first. */
  private byte[] directions;

  private int reports;
  private final Deque<Double> flips = new ArrayDeque<>();

  /**
   * The next report.
   *
   * @param tensor the same tensor; its arrays are kept
   * @return compared with the report before
   */
  CodeChanges next(FlatTensor tensor) {
    CodeChanges changes;
    if (codes == null || codes.length != tensor.codes.length) {
      directions = new byte[tensor.codes.length];
      reports = 0;
      flips.clear();
      changes = CodeChanges.UNKNOWN;
    } else {
      changes = compare(tensor);
    }
    reports++;
    codes = tensor.codes;
    scales = tensor.scales;
    return changes;
  }

  private CodeChanges compare(FlatTensor tensor) {
    int flipped = 0;
    int oscillating = 0;
    for (int i = 0; i < codes.length; i++) {
      int change = tensor.codes[i] - codes[i];
      if (change != 0) {
        flipped++;
        byte direction = (byte) Integer.signum(change);
        if (directions[i] == -direction) {
          oscillating++;
        }
        directions[i] = direction;
      }
    }
    double ratio = (double) flipped / codes.length;
    flips.addLast(ratio);
    if (flips.size() > 2 * TREND_REPORTS) {
      flips.removeFirst();
    }
    return new CodeChanges(
        ratio,
        reports < 2 ? Double.NaN : (double) oscillating / codes.length,
        trend(),
        drift(tensor.scales));
  }

  private double trend() {
    if (flips.size() < 2 * TREND_REPORTS) {
      return Double.NaN;
    }
    double before = 0;
    double after = 0;
    Iterator<Double> ratios = flips.iterator();
    for (int i = 0; i < TREND_REPORTS; i++) {
      before += ratios.next();
    }
    for (int i = 0; i < TREND_REPORTS; i++) {
      after += ratios.next();
    }
    return after / before;
  }

  private double drift(double[] now) {
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      sum += now[i] / scales[i] - 1;
    }
    return sum / now.length;
  }
}
