package org.dl4j.q4.examples.data.source;

import java.util.List;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.SyntheticImages;

/** The images that the commands know, as {@code --data} names them. */
public enum DataName {
  /** Drawn by this program, in CIFAR-10's format. */
  SYNTHETIC,
  /** Drawn by this program, in CIFAR-100's format. */
  SYNTHETIC100,
  /** CIFAR-10. */
  CIFAR10,
  /** CIFAR-100. */
  CIFAR100;

  /**
   * @return whether this program draws the images itself
   */
  public boolean isSynthetic() {
    return this == SYNTHETIC || this == SYNTHETIC100;
  }

  /**
   * @param coarse whether the classes are the 20 coarse ones, of the sets that have them
   * @return the format of the images
   */
  public CifarFormat format(boolean coarse) {
    switch (this) {
      case CIFAR100:
      case SYNTHETIC100:
        return coarse ? CifarFormat.CIFAR100_COARSE : CifarFormat.CIFAR100_FINE;
      default:
        return CifarFormat.CIFAR10;
    }
  }

  /**
   * @param coarse as for {@link #format}
   * @return the names of the classes, in the order of their labels
   */
  public List<String> classNames(boolean coarse) {
    return isSynthetic()
        ? SyntheticImages.classNames(format(coarse))
        : format(coarse).publishedClassNames();
  }
}
