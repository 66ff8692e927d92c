package org.dl4j.q4.examples.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.convert.NetworkSummary.Tensor;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's parameters as aligned text, a line a tensor, totals below. */
final class SummaryTable {

  private static final List<String> TITLES =
      List.of(
          "layer",
          "type",
          "parameter",
          "shape",
          "number",
          "bits",
          "bytes FP32",
          "packed",
          "levels",
          "scale");

  /** The columns before this one are text and stand to the left. */
  private static final int FIRST_NUMBER = 4;

  private final NetworkSummary summary;

  SummaryTable(NetworkSummary summary) {
    this.summary = summary;
  }

  String format() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    summary.tensors().forEach(tensor -> rows.add(row(tensor)));
    rows.add(
        List.of(
            "all",
            "",
            "",
            "",
            number(summary.parameters()),
            "",
            number(summary.floatBytes()),
            number(summary.packedBytes()),
            "",
            ""));
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(line(row, widths)));
    return text.append(
            String.format(
                Locale.ROOT,
                "%,d of %,d parameters quantized; packed, they are %.2f times smaller%n",
                summary.quantizedParameters(),
                summary.parameters(),
                (double) summary.floatBytes() / summary.packedBytes()))
        .toString();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i < FIRST_NUMBER ? row.get(i) + padding : padding + row.get(i)).append("  ");
    }
    return line.toString().stripTrailing() + System.lineSeparator();
  }

  private static List<String> row(Tensor tensor) {
    return List.of(
        tensor.layer(),
        tensor.type(),
        tensor.parameter(),
        Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining("×")),
        number(tensor.length()),
        "" + tensor.bits(),
        number(tensor.floatBytes()),
        number(tensor.packedBytes()),
        tensor.quantized().map(SummaryTable::levels).orElse(""),
        tensor.quantized().map(weights -> scale(weights.scale())).orElse(""));
  }

  private static String levels(QuantizedTensor weights) {
    return weights.levelsUsed() + "/" + weights.histogram().length;
  }

  private static String scale(INDArray scale) {
    return scale.length() == 1
        ? String.format(Locale.ROOT, "%.4g", scale.getDouble(0))
        : String.format(
            Locale.ROOT,
            "%.4g to %.4g",
            scale.minNumber().doubleValue(),
            scale.maxNumber().doubleValue());
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
