package org.dl4j.q4.examples.profile;

import java.util.Objects;

/** What a stretch of time is charged to. */
final class Section {

  /** In place of a layer's index: work on the whole network. */
  static final int NETWORK = -1;

  final Work work;
  final int layer;
  final Phase phase;

  Section(Work work, int layer, Phase phase) {
    this.work = Objects.requireNonNull(work, "work");
    this.layer = layer;
    this.phase = Objects.requireNonNull(phase, "phase");
  }

  static Section ofNetwork(Work work, Phase phase) {
    return new Section(work, NETWORK, phase);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Section)) {
      return false;
    }
    Section that = (Section) other;
    return work == that.work && layer == that.layer && phase == that.phase;
  }

  @Override
  public int hashCode() {
    return Objects.hash(work, layer, phase);
  }

  @Override
  public String toString() {
    return work + " of layer " + layer + ", " + phase;
  }
}
