package org.dl4j.q4.examples.packed;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.dl4j.q4.packed.ImageInput;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An image file as a network's input. */
final class ImageFile {

  private static final int COLOURS = 3;

  private ImageFile() {}

  /**
   * @param file PNG, JPEG, GIF or BMP, of any size; what is transparent counts as white
   * @param input the network's
   * @return FLOAT [1, channels, height, width]; the image is stretched to fill it
   * @throws IOException if it cannot be read, saying why
   */
  static INDArray read(Path file, ImageInput input) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": expected an image, found no file");
    }
    if (input.channels() != COLOURS && input.channels() != 1) {
      throw new IOException(
          "Expected a model of images of 1 or 3 channels, found " + input.channels());
    }
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException | RuntimeException e) { // damaged files end in either
      throw new IOException(file + ": the image cannot be read: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new IOException(file + ": expected an image (PNG, JPEG, GIF or BMP)");
    }
    return values(scaled(opaque(image), input.width(), input.height()), input);
  }

  private static BufferedImage opaque(BufferedImage image) {
    if (image.getColorModel().getNumColorComponents() == 1) {
      return fromGrey(image);
    }
    BufferedImage drawn =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return drawn;
  }

  /** Sample by sample: Java's own conversion takes grey for linear light, and brightens it. */
  private static BufferedImage fromGrey(BufferedImage image) {
    Raster raster = image.getRaster();
    int bits = image.getColorModel().getComponentSize(0);
    double white = (1 << bits) - 1;
    boolean alpha = raster.getNumBands() > 1;
    BufferedImage drawn =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        double opacity = alpha ? raster.getSample(x, y, 1) / white : 1;
        double value = opacity * raster.getSample(x, y, 0) / white + 1 - opacity;
        drawn.setRGB(x, y, (int) Math.round(value * 255) * 0x010101);
      }
    }
    return drawn;
  }

  /** By halves as long as it is too large: bilinear interpolation looks at four pixels only. */
  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled = image;
    while (scaled.getWidth() != width || scaled.getHeight() != height) {
      int nextWidth = Math.max(width, scaled.getWidth() / 2);
      int nextHeight = Math.max(height, scaled.getHeight() / 2);
      BufferedImage next = new BufferedImage(nextWidth, nextHeight, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = next.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(scaled, 0, 0, nextWidth, nextHeight, null);
      graphics.dispose();
      scaled = next;
    }
    return scaled;
  }

  private static INDArray values(BufferedImage image, ImageInput input) {
    int plane = input.height() * input.width();
    int[] rgb = image.getRGB(0, 0, input.width(), input.height(), null, 0, input.width());
    float[] values = new float[input.channels() * plane];
    for (int i = 0; i < plane; i++) {
      int red = rgb[i] >> 16 & 0xff;
      int green = rgb[i] >> 8 & 0xff;
      int blue = rgb[i] & 0xff;
      if (input.channels() == 1) { // luma as JPEG has it
        values[i] = input.apply(0, Math.round(0.299f * red + 0.587f * green + 0.114f * blue));
      } else {
        values[i] = input.apply(0, red);
        values[plane + i] = input.apply(1, green);
        values[2 * plane + i] = input.apply(2, blue);
      }
    }
    return Nd4j.create(
        values, new long[] {1, input.channels(), input.height(), input.width()}, DataType.FLOAT);
  }
}
