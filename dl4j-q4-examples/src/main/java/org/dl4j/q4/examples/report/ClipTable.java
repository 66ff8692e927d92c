package org.dl4j.q4.examples.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The effect of one soft clip on the layers of a network, in Markdown.
 *
 * <p>Decoupled weight decay λ at a learning rate η shrinks weights by the part η λ a step. A clip
 * that shrinks them by the part d does what λ = d / η does.
 */
final class ClipTable {

  private static final List<String> COLUMNS =
      List.of(
          "layer",
          "largest |w|",
          "root mean square",
          "ratio",
          "clip moves the largest by",
          "clip shrinks the norm by",
          "as decay of the largest",
          "as decay of the norm",
          "codes changed");

  private final double alpha;
  private final double learningRate;
  private final List<ClipEffect> layers = new ArrayList<>();

  /**
   * @param alpha α of the clip
   * @param learningRate η
   */
  ClipTable(double alpha, double learningRate) {
    this.alpha = alpha;
    this.learningRate = learningRate;
  }

  void add(ClipEffect layer) {
    layers.add(layer);
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder(Markdown.header(COLUMNS));
    layers.forEach(layer -> text.append(Markdown.row(row(layer))));
    return text.append(
            String.format(
                Locale.ROOT,
                "%nOne clip with α = %s. Decay: the λ of decoupled weight decay that shrinks as much"
                    + " in a step at learning rate %s.%n",
                Markdown.significant(alpha, 4),
                Markdown.significant(learningRate, 4)))
        .toString();
  }

  private List<String> row(ClipEffect layer) {
    return List.of(
        layer.name(),
        Markdown.significant(layer.largest(), 3),
        Markdown.significant(layer.rootMeanSquare(), 3),
        Markdown.number(layer.largest() / layer.rootMeanSquare(), 2),
        Markdown.significant(layer.shrinkageOfLargest(), 2),
        Markdown.significant(layer.shrinkage(), 2),
        Markdown.significant(layer.shrinkageOfLargest() / learningRate, 2),
        Markdown.significant(layer.shrinkage() / learningRate, 2),
        Markdown.significant(100 * layer.codesChanged(), 2) + " %");
  }
}
