package org.dl4j.q4.examples.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.convert.NetworkSummary.Tensor;
import org.dl4j.q4.examples.cli.TextTable;
import org.dl4j.q4.quant.QuantizedTensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Help.Ansi;

/** A network's parameters as aligned text, a line a tensor, totals below. */
public final class SummaryTable {

  /** Titles of the columns. */
  public static final List<String> TITLES =
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

  /** So many columns are names and stand to the left; the others are figures. */
  public static final int NAMES = 4;

  private final NetworkSummary summary;

  /**
   * @param summary of a network
   */
  public SummaryTable(NetworkSummary summary) {
    this.summary = summary;
  }

  /**
   * @return a row for each tensor, and one of all
   */
  public List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
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
    return rows;
  }

  /**
   * @return how much is quantized, and what that saves
   */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d parameters quantized; packed, they are %.2f times smaller",
        summary.quantizedParameters(),
        summary.parameters(),
        (double) summary.floatBytes() / summary.packedBytes());
  }

  /**
   * @param ansi whether in colour: 4-bit tensors stand out, those with levels that are not in use
   *     more so
   * @return the table and the sentence, each line with its end
   */
  String format(Ansi ansi) {
    TextTable table = new TextTable(NAMES, TITLES, ansi);
    List<List<String>> rows = rows();
    for (int i = 0; i < summary.tensors().size(); i++) {
      table.row(rows.get(i), style(summary.tensors().get(i)));
    }
    table.row(rows.get(rows.size() - 1), "bold");
    return table.format() + sentence() + System.lineSeparator();
  }

  private static String style(Tensor tensor) {
    return tensor
        .quantized()
        .map(weights -> weights.levelsUsed() < weights.histogram().length ? "yellow" : "green")
        .orElse("");
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
