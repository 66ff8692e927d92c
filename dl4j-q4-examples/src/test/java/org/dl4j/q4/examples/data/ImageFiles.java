package org.dl4j.q4.examples.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** JPEG and PNG files made for tests. */
final class ImageFiles {
  private ImageFiles() {}

  static BufferedImage filled(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.getRGB());
      }
    }
    return image;
  }

  /** Writes a file in the format that its name's ending says. */
  static Path write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!ImageIO.write(image, format, file.toFile())) {
      throw new IOException("No encoder for " + name);
    }
    return file;
  }

  /** A 32×32 image of one colour. */
  static Path write(Path file, Color colour) throws IOException {
    return write(file, filled(32, 32, colour));
  }
}
