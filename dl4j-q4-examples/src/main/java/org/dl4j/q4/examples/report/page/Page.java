package org.dl4j.q4.examples.report.page;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.examples.report.chart.ChartFile;
import org.dl4j.q4.examples.report.chart.Picture;

/** A page of HTML, and the files that go with it. */
public final class Page {

  /** Its name in the folder. */
  public static final String NAME = "report.html";

  private static final String STYLE = "report.css";

  private final String title;
  private final String subtitle;
  private final List<Section> sections = new ArrayList<>();

  /**
   * @param title its heading
   * @param subtitle a line below
   */
  public Page(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /**
   * @param section left out if it is empty
   * @return this
   */
  public Page add(Section section) {
    if (!section.isEmpty()) {
      sections.add(section);
    }
    return this;
  }

  /**
   * Writes {@link #NAME} and a PNG file for each picture. Without fonts nothing can be drawn: the
   * page then says so in place of pictures, and has all else.
   *
   * @param folder made if there is none; files of these names are replaced
   * @return what could not be drawn, in a sentence; empty if all is there
   * @throws IOException if a file cannot be written
   */
  public String write(Path folder) throws IOException {
    String missing = "";
    try {
      ChartFile.requireFonts();
    } catch (IOException e) {
      missing = e.getMessage();
    }
    // All is drawn before anything is written, so that a failure leaves an older page whole.
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (missing.isEmpty()) {
      for (Section section : sections) {
        for (Object part : section.parts()) {
          if (part instanceof Picture) {
            Picture picture = (Picture) part;
            files.put(picture.name() + ".png", ChartFile.png(picture.charts(), picture.columns()));
          }
        }
      }
    }
    files.put(NAME, render(missing).getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      ChartFile.write(file.getValue(), folder.resolve(file.getKey()));
    }
    return missing;
  }

  /**
   * @param missing why there are no pictures; empty if there are
   * @return the page
   */
  String render(String missing) throws IOException {
    List<DomContent> parts = new ArrayList<>();
    for (Section one : sections) {
      List<DomContent> inside = new ArrayList<>();
      inside.add(h2(one.title()));
      for (Object part : one.parts()) {
        inside.add(Parts.of(part, !missing.isEmpty()));
      }
      parts.add(section(inside.toArray(new DomContent[0])));
    }
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    title(title + " – dl4j-q4"),
                    style(rawHtml(css()))),
                body(
                    main(
                        h1(title),
                        p(subtitle).withClass("subtitle"),
                        missing.isEmpty()
                            ? rawHtml("")
                            : p("Without pictures. " + missing).withClass("missing"),
                        each(parts, part -> part))))
            .withLang("en"));
  }

  private static String css() throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IOException("The style of the page, " + STYLE + ", is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
