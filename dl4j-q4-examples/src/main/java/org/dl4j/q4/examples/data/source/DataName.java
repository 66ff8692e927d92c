package org.dl4j.q4.examples.data.source;

/** The images that the commands know, as {@code --data} names them. */
public enum DataName {
  /** Drawn by this program, in CIFAR-10's format. */
  SYNTHETIC,
  /** Drawn by this program, in CIFAR-100's format. */
  SYNTHETIC100,
  /** CIFAR-10. */
  CIFAR10,
  /** CIFAR-100. */
  CIFAR100
}
