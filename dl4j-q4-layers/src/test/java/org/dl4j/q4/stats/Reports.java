package org.dl4j.q4.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps what it gets. */
final class Reports implements StatsRoute {

  final List<QuantizationReport> all = new ArrayList<>();

  @Override
  public void put(QuantizationReport report) {
    all.add(report);
  }

  List<Integer> iterations() {
    return all.stream().map(QuantizationReport::iteration).collect(Collectors.toList());
  }

  QuantizationReport last() {
    return all.get(all.size() - 1);
  }
}
