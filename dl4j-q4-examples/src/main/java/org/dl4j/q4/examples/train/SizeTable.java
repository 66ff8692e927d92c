package org.dl4j.q4.examples.train;

import java.util.Locale;
import org.deeplearning4j.nn.api.Layer;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.quant.QuantizedTensor;

/** The table that the paper prints at the end of a run: parameters, sizes, best accuracy. */
final class SizeTable {

  private static final double MEGABYTE = 1024 * 1024;

  private final long trainable;
  private final long quantized;
  private final int bits;

  SizeTable(Layer[] layers, int bits) {
    long all = 0;
    long codes = 0;
    for (Layer layer : layers) {
      all +=
          layer.paramTable().entrySet().stream()
              .filter(param -> layer.updaterDivideByMinibatch(param.getKey()))
              .mapToLong(param -> param.getValue().length())
              .sum();
      for (QuantizedTensor weights : QuantizedWeights.of(layer).values()) {
        codes += weights.codes().length();
      }
    }
    this.trainable = all;
    this.quantized = codes;
    this.bits = bits;
  }

  /**
   * @param testName what the images are that the accuracy is of: test or validation
   * @param bestAccuracy in percent
   * @param bestEpoch the epoch that gave it
   * @return the table, a line each
   */
  String format(String testName, double bestAccuracy, int bestEpoch) {
    StringBuilder table = new StringBuilder();
    row(table, "trainable parameters", String.format(Locale.ROOT, "%,d", trainable));
    row(table, "size at FP32", megabytes(32.0 * trainable));
    if (quantized > 0) {
      row(
          table,
          "size at " + bits + " bits, all parameters (the paper's count)",
          megabytes((double) bits * trainable));
      row(
          table,
          String.format(
              Locale.ROOT, "size with %,d weights at %d bits, the rest FP32", quantized, bits),
          megabytes((double) bits * quantized + 32.0 * (trainable - quantized)));
    }
    row(
        table,
        "best " + testName + " accuracy",
        String.format(Locale.ROOT, "%.2f %% (epoch %d)", bestAccuracy, bestEpoch));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, String value) {
    table.append(String.format(Locale.ROOT, "  %-55s %s%n", name, value));
  }

  private static String megabytes(double bits) {
    return String.format(Locale.ROOT, "%.2f MB", bits / 8 / MEGABYTE);
  }
}
