package org.dl4j.q4.examples.train;

/** The models that {@code train} knows. */
enum ModelName {
  /** VGG4bit. */
  VGG
}
