package org.dl4j.q4.examples.train;

/** The recipes that {@code train} knows. */
enum RecipeName {
  /** The paper's: cosine over 100 epochs, which rises again after them. */
  PAPER,
  /** One cycle over the whole run: linear warm-up, then a cosine to zero. */
  FAST
}
