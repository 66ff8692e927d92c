package org.dl4j.q4.examples.data.cache;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/** Caches whose archives a test's own server publishes. */
public final class TestCaches {
  private static final Duration LONG = Duration.ofSeconds(60);

  private TestCaches() {}

  /**
   * @param archive what the server is to give, under the name of either format's archive
   */
  public static CifarCache cache(Path base, ArchiveServer server, byte[] archive) {
    return cache(base, server, archive, CacheLock::take);
  }

  static CifarCache cache(
      Path base, ArchiveServer server, byte[] archive, CacheLock.Taker lockTaker) {
    return new CifarCache(
        base,
        format ->
            new PublishedArchive(
                server.uri(PublishedArchive.of(format).fileName()), archive.length, md5(archive)),
        new Downloader(LONG, LONG, Duration.ZERO),
        lockTaker);
  }

  private static String md5(byte[] bytes) {
    try {
      return String.format(
          "%032x", new BigInteger(1, MessageDigest.getInstance("MD5").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
