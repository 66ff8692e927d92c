package org.dl4j.q4.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What became of each layer of a configuration. Immutable. */
public final class ConversionReport {

  /** What became of a layer. */
  public enum Outcome {
    /** It is of the other kind now. */
    SWAPPED,
    /** It was left as the caller wanted it. */
    KEPT,
    /** It was of the kind asked for before. */
    ALREADY,
    /** It has nothing to quantize: no weights, or a wrapper around a layer of its own line. */
    NO_WEIGHTS,
    /** It has weights, but no counterpart. */
    UNSUPPORTED
  }

  /** One layer. */
  public static final class Entry {
    private final String name;
    private final String type;
    private final Outcome outcome;
    private final String detail;

    Entry(String name, String type, Outcome outcome, String detail) {
      this.name = name;
      this.type = type;
      this.outcome = outcome;
      this.detail = detail;
    }

    /**
     * @return its name, or its place where it has none
     */
    public String name() {
      return name;
    }

    /**
     * @return simple name of the class that it was
     */
    public String type() {
      return type;
    }

    /**
     * @return what became of it
     */
    public Outcome outcome() {
      return outcome;
    }

    /**
     * @return the class that it is now, or why it was left
     */
    public String detail() {
      return detail;
    }

    @Override
    public String toString() {
      return name + " (" + type + "): " + detail;
    }
  }

  private final List<Entry> entries;

  ConversionReport(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * @return the layers in the configuration's order, a wrapper before what it wraps
   */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * @param outcome one of them
   * @return the layers of which that became
   */
  public List<Entry> entries(Outcome outcome) {
    return entries.stream()
        .filter(entry -> entry.outcome() == outcome)
        .collect(Collectors.toUnmodifiableList());
  }

  /** A line for each layer. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(entry.toString()));
    return String.join("\n", lines);
  }
}
