package org.dl4j.q4.examples.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Where the mean step of a run went, in milliseconds, as two tables that both add up to it: by
 * layer and by kind of work.
 */
final class Profile {

  private final List<Row> layers = new ArrayList<>();
  private final List<Row> works = new ArrayList<>();
  private final Row rest;
  private final StepTimes measured;
  private final StepTimes plain;

  /** A row of a table. */
  private static final class Row {

    final String name;
    final Map<Phase, Double> milliseconds = new EnumMap<>(Phase.class);

    Row(String name) {
      this.name = name;
    }

    void add(Phase phase, double more) {
      milliseconds.merge(phase, more, Double::sum);
    }

    void add(Row row) {
      row.milliseconds.forEach(this::add);
    }

    double get(Phase phase) {
      return milliseconds.getOrDefault(phase, 0.0);
    }

    double total() {
      return milliseconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * @param network the measured network
   * @param clock what it measured
   * @param measured the same steps as a whole
   * @param plain steps that were not measured
   */
  Profile(MultiLayerNetwork network, StepClock clock, StepTimes measured, StepTimes plain) {
    this.measured = measured;
    this.plain = plain;
    Map<Section, Double> means = means(clock);
    rest = row(Work.REST, means);
    Stream.of(Work.values())
        .filter(work -> work != Work.REST)
        .map(work -> row(work, means))
        .filter(row -> row.total() > 0) // some kinds are not in this network
        .forEach(works::add);
    Row shared =
        row("", means, section -> section.layer == Section.NETWORK && section.work != Work.REST);
    for (Layer layer : network.getLayers()) {
      int index = layer.getIndex();
      Row row =
          row(layer.conf().getLayer().getLayerName(), means, section -> section.layer == index);
      // DL4J runs these on blocks of several layers.
      double share = (double) layer.numParams() / network.numParams();
      shared.milliseconds.forEach((phase, time) -> row.add(phase, share * time));
      layers.add(row);
    }
  }

  private static Map<Section, Double> means(StepClock clock) {
    Map<Section, Double> means = new HashMap<>();
    clock.charged().forEach((section, nanos) -> means.put(section, nanos / 1e6 / clock.steps()));
    return means;
  }

  private static Row row(Work work, Map<Section, Double> means) {
    return row(work.title(), means, section -> section.work == work);
  }

  private static Row row(String name, Map<Section, Double> means, Predicate<Section> filter) {
    Row row = new Row(name);
    means.forEach(
        (section, time) -> {
          if (filter.test(section)) {
            row.add(section.phase, time);
          }
        });
    return row;
  }

  /**
   * @return the share of the measured steps that is work of a known kind, from 0 to 1
   */
  double accounted() {
    return sum(works).total() / measured.mean();
  }

  private static Row sum(List<Row> rows) {
    Row sum = new Row("accounted for");
    rows.forEach(sum::add);
    return sum;
  }

  /**
   * @return the tables for a terminal, with a line for the cost of measuring
   */
  String toText() {
    StringBuilder text = new StringBuilder();
    table(text, "layer", layers);
    table(text, "work", works);
    text.append(
        String.format(
            Locale.ROOT,
            "Accounted for: %.1f %% of the measured step. Times in ms; what is done inside of another"
                + " kind of work%ncounts for itself alone. By layer, what runs on the whole network"
                + " is shared out by parameters.%nThe output layer's forward pass is part of its"
                + " backward pass; under forward stands its score.%n",
            100 * accounted()));
    text.append(
        String.format(
            Locale.ROOT,
            "Step: mean %.1f measured, %.1f plain; median %.1f and %.1f, so measuring changes it by"
                + " %+.1f %%.%n",
            measured.mean(),
            plain.mean(),
            measured.median(),
            plain.median(),
            100 * (measured.median() / plain.median() - 1)));
    return text.toString();
  }

  private void table(StringBuilder text, String title, List<Row> rows) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-26s %9s %9s %9s %9s %8s%n",
            title,
            "forward",
            "backward",
            "update",
            "sum",
            "share"));
    List<Row> all = new ArrayList<>(rows);
    all.add(sum(rows));
    all.add(rest);
    for (Row row : all) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-26s %9.2f %9.2f %9.2f %9.2f %6.1f %%%n",
              row.name,
              row.get(Phase.FORWARD),
              row.get(Phase.BACKWARD),
              row.get(Phase.UPDATE),
              row.total(),
              100 * row.total() / measured.mean()));
    }
    text.append(System.lineSeparator());
  }

  /**
   * @return both tables, and the steps as a whole in rows of the table {@code step}
   */
  String toCsv() {
    StringBuilder csv =
        new StringBuilder("table,row,forward_ms,backward_ms,update_ms,sum_ms,share\n");
    layers.forEach(row -> csv(csv, "layer", row));
    csv(csv, "layer", rest);
    works.forEach(row -> csv(csv, "work", row));
    csv(csv, "work", rest);
    csv.append(String.format(Locale.ROOT, "step,measured,,,,%.4f,1%n", measured.mean()));
    csv.append(
        String.format(
            Locale.ROOT,
            "step,plain,,,,%.4f,%.4f%n",
            plain.mean(),
            plain.mean() / measured.mean()));
    return csv.toString();
  }

  private void csv(StringBuilder csv, String table, Row row) {
    csv.append(
        String.format(
            Locale.ROOT,
            "%s,\"%s\",%.4f,%.4f,%.4f,%.4f,%.4f%n",
            table,
            row.name,
            row.get(Phase.FORWARD),
            row.get(Phase.BACKWARD),
            row.get(Phase.UPDATE),
            row.total(),
            row.total() / measured.mean()));
  }
}
