package org.dl4j.q4.infer;

import org.deeplearning4j.nn.conf.CNN2DFormat;

/** A value while a plan is made: its name there, and how the network itself has it lie. */
final class PlannedValue {

  final String name;

  /** The network's own layout of images; null for features, and for an input nobody has read. */
  final CNN2DFormat format;

  /** Of features that were channels-first images, [channels, height, width]; else null. */
  final long[] flattened;

  /** Of features that were images, what these have to be, [channels, height, width]; or null. */
  final long[] image;

  PlannedValue(String name, CNN2DFormat format, long[] flattened) {
    this(name, format, flattened, flattened);
  }

  PlannedValue(String name, CNN2DFormat format, long[] flattened, long[] image) {
    this.name = name;
    this.format = format;
    this.flattened = flattened;
    this.image = image;
  }

  PlannedValue renamed(String newName) {
    return new PlannedValue(newName, format, flattened, image);
  }

  PlannedValue features(String newName) {
    return new PlannedValue(newName, null, null);
  }
}
