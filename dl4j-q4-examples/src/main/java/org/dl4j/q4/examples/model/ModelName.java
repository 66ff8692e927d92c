package org.dl4j.q4.examples.model;

import java.util.Locale;

/** The models that the commands know. */
public enum ModelName {
  /** VGG4bit as a {@code MultiLayerNetwork}. */
  VGG,
  /** The same as a {@code ComputationGraph}. */
  VGG_GRAPH,
  /** SimpleResNet4bit, a {@code ComputationGraph}. */
  RESNET;

  /**
   * @return the name as it stands on the command line
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
