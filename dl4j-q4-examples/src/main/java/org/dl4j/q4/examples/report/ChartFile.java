package org.dl4j.q4.examples.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.dl4j.q4.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/** Writes a picture, on a machine without a display too. */
final class ChartFile {

  private ChartFile() {}

  /** What a picture's file can be. */
  enum Format {
    SVG,
    PNG;

    /**
     * @param file of a picture
     * @return what its name says
     */
    static Optional<Format> of(Path file) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      return Stream.of(values())
          .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
          .findFirst();
    }
  }

  /**
   * @param chart what to draw
   * @param format of the file
   * @param file replaced if it is there
   * @throws IOException if it cannot be written, or Java finds no fonts
   */
  static void write(CurvesChart chart, Format format, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true"); // before the first font is looked for
    requireFonts(ChartFile::drawLetter);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] contents;
    if (format == Format.PNG) {
      BitmapEncoder.saveBitmap(chart.chart(), bytes, BitmapFormat.PNG);
      contents = bytes.toByteArray();
    } else {
      VectorGraphicsEncoder.saveVectorGraphic(chart.chart(), bytes, VectorGraphicsFormat.SVG);
      contents =
          described(bytes.toString(StandardCharsets.UTF_8), chart.description())
              .getBytes(StandardCharsets.UTF_8);
    }
    AtomicFile.write(file.toAbsolutePath(), part -> Files.write(part, contents));
  }

  /** XChart draws letters as outlines: without this, nothing in the file could be searched for. */
  private static String described(String svg, String text) {
    int end = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return svg.substring(0, end) + "<desc>" + escaped + "</desc>" + svg.substring(end);
  }

  private static void drawLetter() {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    new TextLayout("0", font, new FontRenderContext(null, true, false)).getOutline(null);
  }

  /**
   * How Java fails without fonts depends on its version and on what is missing: JDK 17 throws a
   * plain {@link Error}.
   *
   * @param drawing draws a letter
   * @throws IOException if that fails, saying what to install
   */
  static void requireFonts(Runnable drawing) throws IOException {
    try {
      drawing.run();
    } catch (Error | RuntimeException e) {
      throw new IOException(
          "A picture needs fonts, and this Java finds none ("
              + e
              + "). Install fontconfig and a font; on Debian and Ubuntu:"
              + " apt-get install libfreetype6 libfontconfig1 fonts-dejavu-core",
          e);
    }
  }
}
