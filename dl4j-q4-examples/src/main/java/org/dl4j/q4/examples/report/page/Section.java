package org.dl4j.q4.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import org.dl4j.q4.examples.report.chart.Picture;

/** A part of a page: a heading, and what stands below it in the order in which it was added. */
public final class Section {

  private final String title;

  /** Texts, {@link Table}s and {@link Picture}s. */
  private final List<Object> parts = new ArrayList<>();

  /**
   * @param title the heading
   */
  public Section(String title) {
    this.title = title;
  }

  /**
   * @param text a paragraph
   * @return this
   */
  public Section text(String text) {
    parts.add(text);
    return this;
  }

  /**
   * @param table left out if it has no rows
   * @return this
   */
  public Section table(Table table) {
    if (!table.isEmpty()) {
      parts.add(table);
    }
    return this;
  }

  /**
   * @param picture drawn when the page is written
   * @return this
   */
  public Section picture(Picture picture) {
    parts.add(picture);
    return this;
  }

  /**
   * @return whether there is nothing below the heading
   */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  String title() {
    return title;
  }

  List<Object> parts() {
    return parts;
  }
}
