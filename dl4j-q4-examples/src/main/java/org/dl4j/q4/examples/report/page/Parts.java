package org.dl4j.q4.examples.report.page;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.img;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dl4j.q4.examples.report.chart.ChartFile;
import org.dl4j.q4.examples.report.chart.Picture;
import org.knowm.xchart.XYChart;

/** What stands in a section, as HTML. */
final class Parts {

  private static final Pattern LONG_NUMBER = Pattern.compile("([0-9]\\.[0-9]{2})[0-9]+");
  private static final String DESCRIPTION_END = "</desc>";

  private Parts() {}

  /**
   * @param part a text, a {@link Table} or a {@link Picture}
   * @param withoutPictures whether pictures cannot be drawn: their captions remain
   */
  static DomContent of(Object part, boolean withoutPictures) throws IOException {
    if (part instanceof Table) {
      return of((Table) part);
    }
    if (part instanceof Picture) {
      Picture picture = (Picture) part;
      return withoutPictures ? p("No picture: " + picture.description()) : of(picture);
    }
    return p((String) part);
  }

  /** On a narrow screen the table is moved to and fro in its box, not the page. */
  private static DomContent of(Table table) {
    return div(table(
            thead(cells(table, table.titles(), true)),
            tbody(each(table.rows(), row -> cells(table, row, false)))))
        .withClass("table");
  }

  private static DomContent cells(Table table, List<String> row, boolean head) {
    return tr(
        IntStream.range(0, row.size())
            .mapToObj(
                i -> {
                  String kind = table.isName(i) ? ".name" : ".figure";
                  return head ? th(attrs(kind), row.get(i)) : td(attrs(kind), row.get(i));
                })
            .toArray(DomContent[]::new));
  }

  private static DomContent of(Picture picture) throws IOException {
    List<DomContent> images = new ArrayList<>();
    for (XYChart chart : picture.charts()) {
      // As an image of its own, since the names inside of several SVGs in one page would clash.
      byte[] svg = rounded(ChartFile.svg(chart, picture.description()));
      String data = Base64.getEncoder().encodeToString(svg);
      String alt = chart.getTitle().isEmpty() ? picture.description() : chart.getTitle();
      images.add(img().withSrc("data:image/svg+xml;base64," + data).withAlt(alt));
    }
    return figure(
            div(images.toArray(new DomContent[0]))
                .withClass(images.size() == 1 ? "one" : "several"),
            figcaption(picture.description()))
        .withId(picture.name());
  }

  /** Outlines of letters come in billionths of a pixel, which would double the page's size. */
  private static byte[] rounded(byte[] svg) {
    String text = new String(svg, StandardCharsets.UTF_8);
    int drawing = text.indexOf(DESCRIPTION_END) + DESCRIPTION_END.length();
    String numbers = LONG_NUMBER.matcher(text.substring(drawing)).replaceAll("$1");
    return (text.substring(0, drawing) + numbers).getBytes(StandardCharsets.UTF_8);
  }
}
