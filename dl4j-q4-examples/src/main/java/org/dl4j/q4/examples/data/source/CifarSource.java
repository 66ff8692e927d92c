package org.dl4j.q4.examples.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.cache.CifarCache;
import org.dl4j.q4.examples.data.cache.DownloadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the images of a CIFAR data set come from: the folder or archive that the user names, and no
 * other; else DL4J's cache folder; else, if the user says so, a download.
 */
final class CifarSource {
  private static final Logger LOG = LoggerFactory.getLogger(CifarSource.class);

  private final Path dataDir;
  private final boolean download;
  private final Supplier<CifarCache> cache;

  /**
   * @param dataDir folder or archive, or null
   */
  CifarSource(Path dataDir, boolean download, Supplier<CifarCache> cache) {
    this.dataDir = dataDir;
    this.download = download;
    this.cache = cache;
  }

  /**
   * @return the folder to read
   * @throws ImageDataException if there is none, saying what was looked for and what can be done
   */
  Path folder(CifarFormat format) throws IOException {
    if (dataDir != null) {
      return Files.isRegularFile(dataDir) ? cache.get().unpack(dataDir, format) : dataDir;
    }
    Path found = cached(cache.get(), format);
    LOG.info("Images of {}: {}", format.dataSet(), found);
    return found;
  }

  private Path cached(CifarCache cache, CifarFormat format) throws IOException {
    Optional<Path> found = cache.find(format);
    if (found.isPresent()) {
      return found.get();
    }
    if (!download) {
      throw new ImageDataException(
          String.format(
              "--data %s: expected the images in DL4J's cache folder %s, as %s; found none of them."
                  + " Give their folder or archive with --data-dir, or let --download fetch the"
                  + " archive",
              format.dataSet(),
              cache.folder(),
              cache.places(format).stream()
                  .map(place -> place.getFileName().toString())
                  .collect(Collectors.joining(", "))));
    }
    try (DownloadBar bar = new DownloadBar()) {
      return cache.download(format, bar);
    } catch (DownloadException e) {
      throw new IOException(e.getMessage() + ", or give the images with --data-dir", e);
    }
  }
}
