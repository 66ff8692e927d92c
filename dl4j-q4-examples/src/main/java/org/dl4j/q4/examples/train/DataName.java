package org.dl4j.q4.examples.train;

/** The images that {@code train} knows. */
enum DataName {
  /** Drawn by this program. */
  SYNTHETIC,
  /** CIFAR-10. */
  CIFAR10,
  /** CIFAR-100. */
  CIFAR100
}
