package org.dl4j.q4.examples.data.cache;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.ImageSet;

/**
 * Writes images as {@code <class>/<number>.png}, lossless; the number is the image's place in its
 * set.
 */
final class ClassFolderWriter {
  private final ImageSet images;

  ClassFolderWriter(ImageSet images) {
    this.images = images;
  }

  /**
   * @param folder exists; gets the class folders
   * @throws ImageDataException if a class has a name that cannot be a folder's
   */
  void write(Path folder) throws IOException {
    for (String name : images.classNames()) {
      if (!name.matches("[^./\\\\:][^/\\\\:]*")) {
        throw new ImageDataException("Expected the name of a class as of a folder, found " + name);
      }
      Files.createDirectory(folder.resolve(name));
    }
    try {
      IntStream.range(0, images.size()).parallel().forEach(i -> writeImage(i, folder));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeImage(int index, Path folder) {
    Path file =
        folder
            .resolve(images.classNames().get(images.label(index)))
            .resolve(String.format("%05d.png", index));
    try {
      Files.write(file, png(index));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] png(int index) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Memory: ImageIO's default caches each stream in a file on disk.
    try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image(index), "png", output);
    }
    return bytes.toByteArray();
  }

  private BufferedImage image(int index) {
    byte[] planes = images.pixels(index);
    int width = images.width();
    int height = images.height();
    int size = width * height;
    int[] rgb = new int[size];
    for (int i = 0; i < size; i++) {
      rgb[i] =
          Byte.toUnsignedInt(planes[i]) << 16
              | Byte.toUnsignedInt(planes[size + i]) << 8
              | Byte.toUnsignedInt(planes[2 * size + i]);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, rgb, 0, width);
    return image;
  }
}
