package org.dl4j.q4.examples.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes JPEG and PNG files into planes of red, green and blue. */
final class ImageDecoder {
  private final int height;
  private final int width;

  ImageDecoder(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /**
   * @param encoded the whole file
   * @param file its name, for the message of an error
   * @return [3, height, width], row-major, unsigned
   * @throws ImageDataException if the file is damaged, of another size, not in colour, or not
   *     opaque
   */
  byte[] decode(byte[] encoded, Path file) {
    BufferedImage image = read(encoded, file);
    if (image.getHeight() != height || image.getWidth() != width) {
      throw new ImageDataException(
          String.format(
              "%s: expected an image of %d×%d pixels (width × height), found %d×%d",
              file, width, height, image.getWidth(), image.getHeight()));
    }
    int colours = image.getColorModel().getNumColorComponents();
    if (colours != LabelledImage.CHANNELS) {
      throw new ImageDataException(
          file + ": expected an image of 3 colour components, found " + colours);
    }
    return planes(image, file);
  }

  private byte[] planes(BufferedImage image, Path file) {
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] planes = new byte[LabelledImage.CHANNELS * argb.length];
    for (int i = 0; i < argb.length; i++) {
      if (argb[i] >>> 24 != 0xFF) {
        throw new ImageDataException(
            String.format(
                "%s: expected an opaque image, found a transparent pixel at column %d, row %d",
                file, i % width, i / width));
      }
      planes[i] = (byte) (argb[i] >> 16);
      planes[argb.length + i] = (byte) (argb[i] >> 8);
      planes[2 * argb.length + i] = (byte) argb[i];
    }
    return planes;
  }

  private static BufferedImage read(byte[] encoded, Path file) {
    // A stream in memory: ImageIO's default caches each stream in a file on disk.
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new ImageDataException(
            String.format(
                "%s: expected a JPEG or PNG image, found %d bytes of another kind",
                file, encoded.length));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        // A truncated JPEG is decoded, its missing part in grey, with no more than a warning.
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        if (!warnings.isEmpty()) {
          throw new ImageDataException(
              file + ": expected an undamaged image, found: " + String.join("; ", warnings));
        }
        return image;
      } finally {
        reader.dispose();
      }
    } catch (ImageDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The decoders answer damaged files with unchecked exceptions too.
      throw new ImageDataException(file + ": expected a readable image, found: " + e, e);
    }
  }
}
