package org.dl4j.q4.examples.data.source;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.data.cache.CifarCache;

/** Which images, and where they are: {@code --data}, {@code --coarse} and where to look. */
public final class ImageSource {

  private final DataName data;
  private final boolean coarse;
  private final Path dataDir;
  private final boolean download;
  private final Supplier<CifarCache> cache;

  /**
   * @param data which images
   * @param coarse whether their classes are the coarse ones
   * @param dataDir their folder or archive; null for the usual places
   * @param download whether they are fetched if they are not there
   * @throws IllegalArgumentException if these do not go together, saying which options and why
   */
  public ImageSource(DataName data, boolean coarse, Path dataDir, boolean download) {
    this(data, coarse, dataDir, download, CifarCache::ofDl4j);
  }

  /**
   * @param cache asked for when CIFAR images are to be found there
   */
  ImageSource(
      DataName data, boolean coarse, Path dataDir, boolean download, Supplier<CifarCache> cache) {
    this.data = data;
    this.coarse = coarse;
    this.dataDir = dataDir;
    this.download = download;
    this.cache = cache;
    require(
        !coarse || data.format(true) != CifarFormat.CIFAR10,
        "--coarse needs --data cifar100 or synthetic100",
        data);
    require(!download || !data.isSynthetic(), "--download needs --data cifar10 or cifar100", data);
    require(
        !download || dataDir == null,
        "--download fills DL4J's cache folder: give it or --data-dir, not both",
        dataDir);
  }

  /**
   * Reads the images, or draws them.
   *
   * @param drawn folder for drawn images, unless {@code --data-dir} names one
   * @param seed of drawn images
   * @return all of them
   * @throws IOException if they cannot be read or kept
   */
  public ImageData read(Path drawn, long seed) throws IOException {
    CifarFormat format = data.format(coarse);
    if (!data.isSynthetic()) {
      return ImageData.read(new CifarSource(dataDir, download, cache).folder(format), format);
    }
    return ImageData.synthetic(
        dataDir != null ? dataDir : drawn,
        format,
        SyntheticImages.TRAIN_IMAGES,
        SyntheticImages.TEST_IMAGES,
        seed);
  }
}
