package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.common.resources.DL4JResources;
import org.deeplearning4j.common.resources.ResourceType;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageDataException;
import org.dl4j.q4.examples.data.PartialFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CIFAR data sets in the folder that DL4J keeps data sets in: {@code data} under its base
 * directory, which is {@code ~/.deeplearning4j} or what the system property {@code
 * org.deeplearning4j.resources.directory} names.
 *
 * <p>In it may be, for CIFAR-10 (and correspondingly for CIFAR-100):
 *
 * <ul>
 *   <li>{@code cifar-10-batches-bin}: the published files, unpacked;
 *   <li>{@code cifar-10-binary.tar.gz}: the published archive;
 *   <li>{@code cifar10/train} and {@code cifar10/test}: class folders, DL4J's own layout;
 *   <li>{@code cifar-10-batches-bin-MD5}: an archive that lies elsewhere, unpacked.
 * </ul>
 */
public final class CifarCache {
  private static final Logger LOG = LoggerFactory.getLogger(CifarCache.class);

  private final Path base;
  private final Function<CifarFormat, PublishedArchive> published;
  private final Downloader downloader;
  private final CacheLock.Taker lockTaker;

  CifarCache(
      Path base,
      Function<CifarFormat, PublishedArchive> published,
      Downloader downloader,
      CacheLock.Taker lockTaker) {
    this.base = base.toAbsolutePath().normalize();
    this.published = published;
    this.downloader = downloader;
    this.lockTaker = lockTaker;
  }

  /** The cache under DL4J's base directory, as it is set now. */
  public static CifarCache ofDl4j() {
    return new CifarCache(
        DL4JResources.getBaseDirectory().toPath(),
        PublishedArchive::of,
        new Downloader(),
        CacheLock::take);
  }

  /** The folder of the data sets, {@code data} under DL4J's base directory. */
  public Path folder() {
    return base.resolve(ResourceType.DATASET.resourceName());
  }

  /** Where DL4J's own iterator looks for the class folders of a data set. */
  Path dl4jFolder(CifarFormat format) {
    return folder().resolve(format.dataSet());
  }

  /** Where the published archive is kept, or may be put by hand. */
  public Path archive(CifarFormat format) {
    return folder().resolve(published.apply(format).fileName());
  }

  private Path unpacked(CifarFormat format) {
    return folder().resolve(format.folderName());
  }

  /** What {@link #find} looks for, in its order: the exact images before DL4J's copies of them. */
  public List<Path> places(CifarFormat format) {
    return List.of(unpacked(format), archive(format), dl4jFolder(format));
  }

  /**
   * The data set in the first form that the cache has. A published archive is checked and unpacked.
   *
   * @return a folder for {@link org.dl4j.q4.examples.data.ImageData#read}; none if the cache has no
   *     such data set
   * @throws ImageDataException if a file of the published archive's name is not that archive; the
   *     message says what to do with it
   */
  public Optional<Path> find(CifarFormat format) throws IOException {
    if (Files.isDirectory(unpacked(format))) {
      return Optional.of(unpacked(format));
    }
    if (Files.exists(archive(format))) {
      return Optional.of(unpackPublished(format));
    }
    Path own = dl4jFolder(format);
    return Files.isDirectory(own.resolve("train")) && Files.isDirectory(own.resolve("test"))
        ? Optional.of(own)
        : Optional.empty();
  }

  private Path unpackPublished(CifarFormat format) throws IOException {
    Path archive = archive(format);
    try {
      published.apply(format).check(archive);
    } catch (ImageDataException e) {
      throw new ImageDataException(
          e.getMessage()
              + ". Delete or move this file: then other forms of the data set in "
              + folder()
              + " are taken, or the archive can be downloaded again",
          e);
    }
    return unpack(archive, format, unpacked(format));
  }

  /**
   * Downloads the published archive unless it is there, checks its size and MD5 sum, and unpacks
   * it. A download that breaks off is kept and resumed by the next one.
   *
   * @return a folder for {@link org.dl4j.q4.examples.data.ImageData#read}
   * @throws DownloadException if the archive cannot be had; the message says why, and what to do
   * @throws ImageDataException if what is offered is not the archive
   */
  public Path download(CifarFormat format, DownloadListener listener) throws IOException {
    if (!Files.exists(archive(format))) {
      try (CacheLock lock = lockTaker.take(folder(), format.dataSet())) {
        // Another run may have brought it since it was looked for.
        if (!Files.exists(archive(format))) {
          downloader.download(published.apply(format), archive(format), listener);
        }
      }
    }
    return unpackPublished(format);
  }

  /**
   * Unpacks an archive of the published layout that lies anywhere, unless that is done. The folder
   * is named after the archive's content, so that a changed archive is unpacked anew.
   *
   * @param archive a {@code .tar.gz} file, the published one or another
   * @return a folder for {@link org.dl4j.q4.examples.data.ImageData#read}
   * @throws ImageDataException if it is damaged, or lacks files of the format
   */
  public Path unpack(Path archive, CifarFormat format) throws IOException {
    // Even the published archive: the folder of its own name may hold anything, put there by hand.
    Path target = folder().resolve(format.folderName() + "-" + Md5.of(archive));
    return unpack(archive, format, target);
  }

  private Path unpack(Path archive, CifarFormat format, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      return target;
    }
    try (CacheLock lock = lockTaker.take(folder(), format.dataSet())) {
      // Another run may have unpacked it since it was looked for.
      if (Files.isDirectory(target)) {
        return target;
      }
      LOG.info("Unpacking {} into {}", archive, target);
      PartialFolder.deleteLeftOvers(target);
      try (PartialFolder partial = PartialFolder.beside(target)) {
        new CifarTar(archive, format).unpack(partial.path());
        partial.moveTo(target);
      }
    }
    return target;
  }
}
