package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that the archives are published with. It finds damage, not forgery. */
final class Md5 {
  private static final int BUFFER = 1 << 16;

  private Md5() {}

  /**
   * @return 32 lower-case hexadecimal digits
   */
  static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream input = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return String.format("%032x", new BigInteger(1, digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has MD5", e);
    }
  }
}
