package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageDataException;

/**
 * An archive that the CIFAR data sets are published as, and how to know it.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The page that publishes them, with
 *     their MD5 sums</a>
 */
final class PublishedArchive {

  private static final PublishedArchive CIFAR10 =
      new PublishedArchive(
          URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
          170_052_171,
          "c32a1d4ab5d03f1284b67883e8d87530");

  private static final PublishedArchive CIFAR100 =
      new PublishedArchive(
          URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
          168_513_733,
          "03b5dce01913d631647c71ecec9e9cb8");

  final URI uri;
  final long bytes;
  final String md5;

  /**
   * @param uri where it is; its last part is the file's name
   * @param md5 in lower-case hexadecimal digits
   */
  PublishedArchive(URI uri, long bytes, String md5) {
    this.uri = uri;
    this.bytes = bytes;
    this.md5 = md5;
  }

  static PublishedArchive of(CifarFormat format) {
    return format == CifarFormat.CIFAR10 ? CIFAR10 : CIFAR100;
  }

  String fileName() {
    return Path.of(uri.getPath()).getFileName().toString();
  }

  /**
   * @throws ImageDataException if the file is not this archive, saying by what
   */
  void check(Path file) throws IOException {
    long size = Files.size(file);
    if (size != bytes) {
      throw new ImageDataException(
          String.format("%s: expected the %d bytes of %s, found %d", file, bytes, uri, size));
    }
    String found = Md5.of(file);
    if (!found.equals(md5)) {
      throw new ImageDataException(
          String.format("%s: expected MD5 %s, as of %s, found %s", file, md5, uri, found));
    }
  }
}
