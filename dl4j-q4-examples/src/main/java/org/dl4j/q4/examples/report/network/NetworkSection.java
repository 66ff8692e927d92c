package org.dl4j.q4.examples.report.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.dl4j.q4.convert.NetworkSummary;
import org.dl4j.q4.examples.convert.SummaryTable;
import org.dl4j.q4.examples.model.SavedNetwork;
import org.dl4j.q4.examples.report.chart.Histogram;
import org.dl4j.q4.examples.report.chart.Picture;
import org.dl4j.q4.examples.report.page.Section;
import org.dl4j.q4.examples.report.page.Table;
import org.dl4j.q4.layers.QuantizedWeights;
import org.dl4j.q4.network.NetworkSteps;
import org.dl4j.q4.network.Step;
import org.dl4j.q4.quant.QuantizedTensor;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The part of a page that is about the network in a file. */
public final class NetworkSection {

  private static final int BINS = 60;

  /** Of small charts. */
  private static final int SIDE_BY_SIDE = 3;

  private NetworkSection() {}

  /**
   * @param title heading
   * @param file a network saved by DL4J's {@code ModelSerializer}, or a packed model
   * @param suffix what the names of its pictures end in; empty if there is one network
   * @return sizes of all its parameters, and histograms of the quantized ones
   * @throws IOException if it is no such file, saying why
   */
  public static Section of(String title, Path file, String suffix) throws IOException {
    SavedNetwork saved = SavedNetwork.open(file);
    Model network = saved.network(false);
    NetworkSummary summary = NetworkSummary.of(network);
    SummaryTable rows = new SummaryTable(summary);
    Table table = new Table(SummaryTable.NAMES, SummaryTable.TITLES);
    rows.rows().forEach(table::row);
    Section section = new Section(title);
    List<XYChart> codes = new ArrayList<>();
    List<XYChart> weights = new ArrayList<>();
    for (Step step : NetworkSteps.of(network).steps()) {
      if (step.isLayer()) {
        add(step, codes, saved.packed().isPresent() ? null : weights);
      }
    }
    if (!codes.isEmpty()) {
      section.picture(
          new Picture(
              "codes" + suffix,
              "How often each code occurs, by layer: an integer from −q to q, by the layer's scale"
                  + " the weight that passes compute with. An empty bin is a level that is not in"
                  + " use.",
              codes,
              SIDE_BY_SIDE));
    }
    if (!weights.isEmpty()) {
      section.picture(
          new Picture(
              "weights" + suffix,
              "The float weights that training updates and the codes are made of, by layer, in "
                  + BINS
                  + " bins as far as the largest weight reaches.",
              weights,
              SIDE_BY_SIDE));
    }
    return section
        .text(
            summary.quantizedParameters() == 0
                ? "No parameter is quantized."
                : rows.sentence() + ". Packed bytes of a quantized one are its codes and scales.")
        .table(table);
  }

  /** A packed model has no float weights but those that its codes stand for. */
  private static void add(Step step, List<XYChart> codes, List<XYChart> weights) {
    Map<String, QuantizedTensor> tensors = QuantizedWeights.of(step.layer());
    tensors.forEach(
        (parameter, tensor) ->
            codes.add(
                Histogram.ofCodes(tensor.histogram())
                    .chart(title(step, parameter, tensors), "code", 0)));
    if (weights != null) {
      QuantizedWeights.floats(step.layer())
          .forEach(
              (parameter, floats) ->
                  weights.add(
                      Histogram.of(elements(floats), BINS)
                          .chart(title(step, parameter, tensors), "weight", 1)));
    }
  }

  private static String title(Step step, String parameter, Map<String, ?> all) {
    return step.name() + (all.size() > 1 ? " " + parameter : "");
  }

  private static double[] elements(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
