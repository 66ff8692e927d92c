package org.dl4j.q4.examples.train;

import org.dl4j.q4.train.PaperRecipe;

/**
 * The recipes that {@code train} knows: a schedule of the learning rate, and what other options are
 * unless they are given.
 */
enum RecipeName {
  /** The paper's: cosine over 100 epochs, which rises again after them. */
  PAPER(150, PaperRecipe.LEARNING_RATE, PaperRecipe.WEIGHT_DECAY, 0.5, 0, 0),
  /**
   * One cycle over the whole run: linear warm-up, then a cosine to zero. Its values were chosen on
   * images held out from the training images; docs/results.md has the figures.
   */
  FAST(20, 3e-3, 0.05, 0.2, 0.1, 8);

  /** On images that are not drawn. */
  final int epochs;

  /** The highest one. */
  final double learningRate;

  final double weightDecay;
  final double dropout;
  final double labelSmoothing;

  /** Pixels. */
  final int cutout;

  RecipeName(
      int epochs,
      double learningRate,
      double weightDecay,
      double dropout,
      double labelSmoothing,
      int cutout) {
    this.epochs = epochs;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.dropout = dropout;
    this.labelSmoothing = labelSmoothing;
    this.cutout = cutout;
  }
}
