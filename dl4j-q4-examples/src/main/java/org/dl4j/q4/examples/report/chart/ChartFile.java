package org.dl4j.q4.examples.report.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dl4j.q4.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/** Writes a picture, on a machine without a display too. */
public final class ChartFile {

  private ChartFile() {}

  /** What a picture's file can be. */
  public enum Format {
    SVG,
    PNG;

    /**
     * @param file of a picture
     * @return what its name says
     */
    public static Optional<Format> of(Path file) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      return Stream.of(values())
          .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
          .findFirst();
    }
  }

  /**
   * @param chart what to draw
   * @param description what it shows, in words: an SVG file has it
   * @param format of the file
   * @param file replaced if it is there
   * @throws IOException if it cannot be written, or Java finds no fonts
   */
  public static void write(XYChart chart, String description, Format format, Path file)
      throws IOException {
    write(format == Format.PNG ? png(List.of(chart), 1) : svg(chart, description), file);
  }

  /**
   * @param contents of a file
   * @param file replaced if it is there
   * @throws IOException if it cannot be written
   */
  public static void write(byte[] contents, Path file) throws IOException {
    AtomicFile.write(file.toAbsolutePath(), part -> Files.write(part, contents));
  }

  /**
   * @param charts of one size, at least one
   * @param columns how many stand side by side
   * @return a PNG file of them
   * @throws IOException if Java finds no fonts
   */
  public static byte[] png(List<XYChart> charts, int columns) throws IOException {
    requireFonts();
    BufferedImage first = BitmapEncoder.getBufferedImage(charts.get(0));
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage all =
        new BufferedImage(
            columns * first.getWidth(), rows * first.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setColor(Color.WHITE); // the last row may have room left
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < charts.size(); i++) {
      graphics.drawImage(
          i == 0 ? first : BitmapEncoder.getBufferedImage(charts.get(i)),
          i % columns * first.getWidth(),
          i / columns * first.getHeight(),
          null);
    }
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(all, "png", bytes);
    return bytes.toByteArray();
  }

  /**
   * @param chart what to draw
   * @param description what it shows, in words
   * @return an SVG file of it
   * @throws IOException if Java finds no fonts
   */
  public static byte[] svg(XYChart chart, String description) throws IOException {
    requireFonts();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    return described(bytes.toString(StandardCharsets.UTF_8), description)
        .getBytes(StandardCharsets.UTF_8);
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
   * Refuses to go on where nothing can be drawn.
   *
   * @throws IOException if Java finds no fonts, saying what to install
   */
  public static void requireFonts() throws IOException {
    System.setProperty("java.awt.headless", "true"); // before the first font is looked for
    requireFonts(ChartFile::drawLetter);
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
