package org.dl4j.q4.examples.data;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of an {@link ImageSet} for DL4J: features FLOAT [N, 3, height, width] (NCHW, RGB,
 * normalised), labels FLOAT [N, classes] (one-hot, unless they are {@linkplain #labelSmoothing
 * smoothed}).
 *
 * <p>An iterator for {@linkplain #training training} shuffles and augments anew in each epoch, by
 * the paper's recipe: zero-pad by 4 pixels, crop back to size at random, flip horizontally with
 * probability ½, then normalise, so that the padding is a normalised black; {@link #cutout} cuts a
 * square out of each. An iterator for {@linkplain #evaluation evaluation} gives every image once,
 * unchanged, in the set's order.
 *
 * <p>An epoch's batches depend on the seed and the epoch's number only, whatever was read before.
 * {@link #reset()} goes on to the next epoch if anything of this one was read, and else stays, so
 * that one more {@code reset()} does no harm: {@code fit(iterator)} and {@code fit(iterator, n)}
 * advance by exactly one epoch a pass, prefetching included. To resume a run, {@link #setEpoch} to
 * the number of epochs it has done.
 *
 * <p>Not safe for use by several threads at once; DL4J's prefetching hands it from thread to
 * thread, which is.
 */
public final class ImageSetIterator implements DataSetIterator {
  /** What training does with the images left over when the batches are full. */
  public enum LastBatch {
    /** They are a smaller batch. */
    KEEP,
    /** They are left out of this epoch; shuffling leaves out others in the next. */
    DROP
  }

  /** Where the cutouts' random numbers come from, beside those of the epoch's other choices. */
  private static final int CUTOUT = 1;

  private final ImageSet images;
  private final int batchSize;
  private final Normalization normalization;
  private final boolean training;
  private final long seed;
  private final LastBatch lastBatch;
  private DataSetPreProcessor preProcessor;
  private double labelSmoothing;
  private int cutoutSide;
  private int epoch;
  private int position;
  // Drawn when the epoch's first batch is asked for; null until then.
  private Epoch plan;
  private Cutout cutout;

  private ImageSetIterator(
      ImageSet images,
      int batchSize,
      Normalization normalization,
      boolean training,
      long seed,
      LastBatch lastBatch) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "Expected a batch of at least 1 image, found " + batchSize);
    }
    if (lastBatch == LastBatch.DROP && batchSize > images.size()) {
      throw new IllegalArgumentException(
          String.format(
              "Expected at least one full batch of %d, found %d images", batchSize, images.size()));
    }
    this.images = images;
    this.batchSize = batchSize;
    this.normalization = normalization;
    this.training = training;
    this.seed = seed;
    this.lastBatch = lastBatch;
  }

  /**
   * As {@link #training(ImageSet, int, Normalization, long, LastBatch)}, keeping the last batch.
   */
  public static ImageSetIterator training(
      ImageSet images, int batchSize, Normalization normalization, long seed) {
    return training(images, batchSize, normalization, seed, LastBatch.KEEP);
  }

  /**
   * Shuffled and augmented batches, from epoch 0.
   *
   * @throws IllegalArgumentException if the batch size is less than 1, or no batch would be full
   *     and the last one is dropped
   */
  public static ImageSetIterator training(
      ImageSet images, int batchSize, Normalization normalization, long seed, LastBatch lastBatch) {
    return new ImageSetIterator(images, batchSize, normalization, true, seed, lastBatch);
  }

  /**
   * Every image as it is, in the set's order.
   *
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  public static ImageSetIterator evaluation(
      ImageSet images, int batchSize, Normalization normalization) {
    return new ImageSetIterator(images, batchSize, normalization, false, 0, LastBatch.KEEP);
  }

  /**
   * Smooths the labels: of K classes, an image's own gets 1 − ε + ε/K and every other one ε/K.
   * Source: Szegedy et al., arXiv 1512.00567.
   *
   * @param epsilon ε, from 0, which is none, to below 1
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public ImageSetIterator labelSmoothing(double epsilon) {
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw new IllegalArgumentException(
          "Expected a label smoothing from 0 to below 1, found " + epsilon);
    }
    labelSmoothing = epsilon;
    return this;
  }

  /**
   * Cuts a square out of each training image, anew in each epoch, after the crop and the flip: its
   * pixels become the mean colour, 0 after normalisation. The square's centre is any pixel with
   * equal chances, and what lies outside the image is lost. Order, crops and flips stay those
   * without it. Source: DeVries and Taylor, arXiv 1708.04552.
   *
   * @param side in pixels, from 0, which is none, to the smaller side of the images
   * @return this
   * @throws IllegalArgumentException if it is not, or this iterator is for evaluation
   */
  public ImageSetIterator cutout(int side) {
    int largest = Math.min(images.height(), images.width());
    if (side < 0 || side > largest) {
      throw new IllegalArgumentException(
          "Expected a cutout from 0 to the images' " + largest + " pixels, found " + side);
    }
    if (side > 0 && !training) {
      throw new IllegalArgumentException(
          "Expected no cutout in an iterator for evaluation, found one of " + side + " pixels");
    }
    cutoutSide = side;
    cutout = null;
    return this;
  }

  /** The epoch of the next batch, or of the last one when {@link #hasNext()} is false. */
  public int epoch() {
    return epoch;
  }

  /**
   * Goes to the start of an epoch.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void setEpoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("Expected an epoch of at least 0, found " + epoch);
    }
    this.epoch = epoch;
    position = 0;
    plan = null;
    cutout = null;
  }

  /** Goes to the start of the next epoch, or stays there if nothing of this epoch was read. */
  @Override
  public void reset() {
    if (position > 0) {
      setEpoch(epoch + 1);
    }
  }

  @Override
  public boolean hasNext() {
    int left = images.size() - position;
    return left >= (lastBatch == LastBatch.DROP ? batchSize : 1);
  }

  @Override
  public DataSet next() {
    return next(batchSize);
  }

  /**
   * @param num number of images, fewer if fewer are left
   */
  @Override
  public DataSet next(int num) {
    if (num < 1) {
      throw new IllegalArgumentException("Expected to be asked for an image or more, found " + num);
    }
    if (!hasNext()) {
      throw new NoSuchElementException("Epoch " + epoch + " is over: reset() starts the next");
    }
    if (plan == null) {
      plan = training ? Epoch.augmented(images.size(), seed, epoch) : Epoch.plain(images.size());
    }
    if (cutout == null) {
      cutout =
          Cutout.drawn(
              images.size(),
              cutoutSide,
              images.height(),
              images.width(),
              Randoms.at(seed, epoch, CUTOUT));
    }
    int count = Math.min(num, images.size() - position);
    int imageLength = inputColumns();
    int classes = totalOutcomes();
    float[] features = new float[count * imageLength];
    float[] labels = new float[count * classes];
    float others = (float) (labelSmoothing / classes);
    Arrays.fill(labels, others);
    for (int i = 0; i < count; i++, position++) {
      LabelledImage image = images.image(plan.imageAt(position));
      plan.write(position, image, normalization, features, i * imageLength);
      cutout.apply(position, features, i * imageLength);
      labels[i * classes + image.label] = (float) (1 - labelSmoothing) + others;
    }
    long[] shape = {count, LabelledImage.CHANNELS, images.height(), images.width()};
    DataSet batch =
        new DataSet(
            Nd4j.create(features, shape, DataType.FLOAT),
            Nd4j.create(labels, new long[] {count, classes}, DataType.FLOAT));
    if (preProcessor != null) {
      preProcessor.preProcess(batch);
    }
    return batch;
  }

  /** Values of one image: 3 × height × width. */
  @Override
  public int inputColumns() {
    return LabelledImage.CHANNELS * images.height() * images.width();
  }

  /** The number of classes. */
  @Override
  public int totalOutcomes() {
    return images.classNames().size();
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** True: every batch has arrays of its own, drawn from the seed whichever thread asks. */
  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return batchSize;
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  @Override
  public List<String> getLabels() {
    return images.classNames();
  }
}
