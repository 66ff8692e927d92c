package org.dl4j.q4.examples.model;

/** The models that the commands know. */
public enum ModelName {
  /** VGG4bit. */
  VGG
}
