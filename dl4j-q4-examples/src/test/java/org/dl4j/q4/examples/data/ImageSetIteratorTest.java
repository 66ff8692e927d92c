package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.ImageSetIterator.LastBatch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

class ImageSetIteratorTest {
  private static final int SIZE = 32;
  private static final int PLANE = SIZE * SIZE;

  /** Pixels scaled to [0, 1] only: value · 255, rounded, is the pixel. */
  private static final Normalization UNIT =
      new Normalization(new float[] {0, 0, 0}, new float[] {1, 1, 1});

  private static final List<String> AB = List.of("a", "b");

  /** Reads to the end of the epoch; a value of the list is one batch's features. */
  private static List<float[]> drain(DataSetIterator iterator) {
    List<float[]> batches = new ArrayList<>();
    while (iterator.hasNext()) {
      batches.add(flat(iterator.next()));
    }
    return batches;
  }

  private static float[] flat(DataSet batch) {
    return batch.getFeatures().ravel().toFloatVector();
  }

  private static void assertSameBatches(List<float[]> expected, List<float[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i));
    }
  }

  private static List<float[]> epochOf(ImageSet images, int batchSize, long seed, int epoch) {
    ImageSetIterator fresh = ImageSetIterator.training(images, batchSize, UNIT, seed);
    fresh.setEpoch(epoch);
    return drain(fresh);
  }

  @Test
  void evaluationGivesNormalisedImagesAndOneHotLabelsInTheSetsOrder() {
    ImageSet images = TestImages.dots(AB, 1, 0, 1);
    ImageSetIterator iterator = ImageSetIterator.evaluation(images, 2, Normalization.CIFAR);
    DataSet first = iterator.next();
    DataSet last = iterator.next();
    assertFalse(iterator.hasNext());
    assertEquals(DataType.FLOAT, first.getFeatures().dataType());
    assertEquals("[2, 3, 1, 1]", Arrays.toString(first.getFeatures().shape()));
    // By hand: (1 / 255 − mean) / std for red, green and blue of the second image.
    assertEquals(-2.409681f, first.getFeatures().getFloat(1, 0, 0, 0), 1e-6f);
    assertEquals(-2.398588f, first.getFeatures().getFloat(1, 1, 0, 0), 1e-6f);
    assertEquals(-2.201883f, first.getFeatures().getFloat(1, 2, 0, 0), 1e-6f);
    assertEquals(DataType.FLOAT, first.getLabels().dataType());
    assertArrayEquals(new float[][] {{0, 1}, {1, 0}}, first.getLabels().toFloatMatrix());
    assertEquals("[1, 3, 1, 1]", Arrays.toString(last.getFeatures().shape()));
    assertArrayEquals(new float[][] {{0, 1}}, last.getLabels().toFloatMatrix());
    NoSuchElementException thrown = assertThrows(NoSuchElementException.class, iterator::next);
    assertEquals("Epoch 0 is over: reset() starts the next", thrown.getMessage());
  }

  @Test
  void smoothedLabelsAddUpToOne() {
    ImageSet images = TestImages.dots(List.of("a", "b", "c", "d"), 2, 0);
    ImageSetIterator iterator = ImageSetIterator.evaluation(images, 2, UNIT).labelSmoothing(0.1);

    // 1 − 0.1 + 0.1/4 for the image's class, 0.1/4 for the others.
    float[][] labels = iterator.next().getLabels().toFloatMatrix();
    assertArrayEquals(new float[] {0.025f, 0.025f, 0.925f, 0.025f}, labels[0], 1e-7f);
    assertArrayEquals(new float[] {0.925f, 0.025f, 0.025f, 0.025f}, labels[1], 1e-7f);
    assertThrows(IllegalArgumentException.class, () -> iterator.labelSmoothing(1));
  }

  @Test
  void aCutoutChangesNothingButItsSquare() {
    ImageSet images = TestImages.dots(AB, 0, 1, 0, 1);
    ImageSetIterator cut = ImageSetIterator.training(images, 4, Normalization.CIFAR, 3).cutout(1);
    ImageSetIterator whole = ImageSetIterator.training(images, 4, Normalization.CIFAR, 3);
    for (int epoch = 0; epoch < 2; epoch++, cut.reset(), whole.reset()) {
      assertArrayEquals(new float[12], flat(cut.next())); // images of one pixel
      assertTrue(whole.next().getFeatures().maxNumber().doubleValue() < -1);
    }
  }

  @Test
  void cutoutsAreDrawnAnewInEachEpoch() {
    ImageSet images = TestImages.gradients(2);
    ImageSetIterator iterator =
        ImageSetIterator.training(images, 1, Normalization.CIFAR, 3).cutout(8);
    List<Set<Integer>> squares = new ArrayList<>();
    for (int epoch = 0; epoch < 20; epoch++, iterator.reset()) {
      for (float[] image : drain(iterator)) {
        squares.add(
            IntStream.range(0, 3 * PLANE)
                .filter(i -> image[i] == 0)
                .boxed()
                .collect(Collectors.toSet()));
      }
    }
    assertTrue(squares.stream().allMatch(s -> s.size() <= 3 * 64 && s.size() >= 3 * 16));
    assertTrue(squares.stream().distinct().count() > 35, squares::toString);
    // A cutout says nothing of the next epoch's: a new iterator there draws the same.
    ImageSetIterator fresh = ImageSetIterator.training(images, 1, Normalization.CIFAR, 3).cutout(8);
    fresh.setEpoch(5);
    iterator.setEpoch(5);
    assertSameBatches(drain(iterator), drain(fresh));
  }

  @Test
  void aCutoutOutsideTheImagesOrOfTestImagesIsRefused() {
    ImageSet images = TestImages.dots(AB, 0, 1);
    ImageSetIterator training = ImageSetIterator.training(images, 1, UNIT, 0);
    assertThrows(IllegalArgumentException.class, () -> training.cutout(2));
    assertThrows(IllegalArgumentException.class, () -> training.cutout(-1));
    ImageSetIterator evaluation = ImageSetIterator.evaluation(images, 1, UNIT);
    assertEquals(0, evaluation.cutout(0).epoch());
    assertThrows(IllegalArgumentException.class, () -> evaluation.cutout(1));
  }

  @Test
  void evaluationIsTheSameInEachPass() {
    ImageSetIterator iterator = ImageSetIterator.evaluation(TestImages.gradients(5), 2, UNIT);
    List<float[]> first = drain(iterator);
    iterator.reset();
    assertSameBatches(first, drain(iterator));
  }

  @Test
  void trainingCropsThePaddedImageAndMirrorsHalfOfThem() {
    int count = 256;
    ImageSet images = TestImages.gradients(count);
    ImageSetIterator iterator = ImageSetIterator.training(images, count, UNIT, 7);
    DataSet batch = iterator.next();
    float[] features = flat(batch);
    int flips = 0;
    boolean[] rowShifts = new boolean[9];
    boolean[] columnShifts = new boolean[9];
    for (int i = 0; i < count; i++) {
      int[] pixels = pixels(features, i);
      // The middle is never padding; red says its column and green its row (each + 1), blue the
      // image.
      int middle = 16 * SIZE + 16;
      boolean flip = pixels[middle + 1] < pixels[middle];
      int row = pixels[PLANE + middle] - 1 - 16;
      int column = pixels[middle] - 1 - (flip ? 15 : 16);
      int index = pixels[2 * PLANE + middle];
      assertArrayEquals(cropped(images.pixels(index), row, column, flip), pixels);
      assertEquals(1, batch.getLabels().getFloat(i, index % 2));
      flips += flip ? 1 : 0;
      rowShifts[row + 4] = true;
      columnShifts[column + 4] = true;
    }
    assertTrue(flips > 100 && flips < 156, flips + " of " + count + " images are mirrored");
    for (int shift = 0; shift < 9; shift++) {
      assertTrue(rowShifts[shift] && columnShifts[shift], "no crop is shifted by " + (shift - 4));
    }
  }

  private static int[] pixels(float[] features, int image) {
    int[] pixels = new int[3 * PLANE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(features[image * 3 * PLANE + i] * 255);
    }
    return pixels;
  }

  /** The recipe step by step: pad to 40×40, cut 32×32 out, mirror. */
  private static int[] cropped(byte[] image, int row, int column, boolean flip) {
    int[] result = new int[3 * PLANE];
    for (int channel = 0; channel < 3; channel++) {
      int[][] padded = new int[40][40];
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          padded[y + 4][x + 4] = Byte.toUnsignedInt(image[channel * PLANE + y * SIZE + x]);
        }
      }
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int to = flip ? SIZE - 1 - x : x;
          result[channel * PLANE + y * SIZE + to] = padded[y + 4 + row][x + 4 + column];
        }
      }
    }
    return result;
  }

  @Test
  void anEpochIsAFunctionOfSeedAndNumber() {
    ImageSet images = TestImages.gradients(10);
    ImageSetIterator iterator = ImageSetIterator.training(images, 4, UNIT, 3);
    List<float[]> first = drain(iterator);
    iterator.reset();
    List<float[]> second = drain(iterator);
    assertSameBatches(epochOf(images, 4, 3, 0), first);
    assertSameBatches(epochOf(images, 4, 3, 1), second);
    iterator.setEpoch(0);
    iterator.next();
    iterator.setEpoch(1);
    assertSameBatches(second, drain(iterator));
    assertFalse(Arrays.equals(first.get(0), second.get(0)), "two epochs start alike");
    assertFalse(
        Arrays.equals(first.get(0), epochOf(images, 4, 4, 0).get(0)), "two seeds start alike");
  }

  @Test
  void theBatchSizeDoesNotChangeTheImages() {
    ImageSet images = TestImages.gradients(10);
    float[] whole = epochOf(images, 10, 3, 2).get(0);
    int from = 0;
    for (float[] batch : epochOf(images, 3, 3, 2)) {
      assertArrayEquals(Arrays.copyOfRange(whole, from, from + batch.length), batch);
      from += batch.length;
    }
    assertEquals(whole.length, from);
  }

  @Test
  void resetGoesOnOnlyWhenSomethingWasRead() {
    ImageSetIterator iterator = ImageSetIterator.training(TestImages.dots(AB, 0, 1, 0), 2, UNIT, 1);
    iterator.reset();
    assertEquals(0, iterator.epoch());
    iterator.next();
    assertEquals(0, iterator.epoch());
    iterator.reset();
    iterator.reset();
    assertEquals(1, iterator.epoch());
    drain(iterator);
    assertEquals(1, iterator.epoch());
    iterator.reset();
    assertEquals(2, iterator.epoch());
    iterator.setEpoch(150);
    iterator.reset();
    assertEquals(150, iterator.epoch());
  }

  @Test
  void theLastBatchIsKeptOrDropped() {
    ImageSet images = TestImages.dots(AB, 0, 1, 0, 1, 0);
    assertEquals(3, drain(ImageSetIterator.training(images, 2, UNIT, 1)).size());
    ImageSetIterator dropping = ImageSetIterator.training(images, 2, UNIT, 1, LastBatch.DROP);
    assertEquals(2, drain(dropping).size());
    assertThrows(NoSuchElementException.class, dropping::next);
    dropping.reset();
    assertEquals(1, dropping.epoch());
    assertEquals(2, drain(dropping).size());
  }

  @Test
  void anotherBatchSizeCanBeAskedFor() {
    ImageSetIterator iterator = ImageSetIterator.evaluation(TestImages.dots(AB, 0, 1, 0), 1, UNIT);
    assertEquals(2, iterator.next(2).numExamples());
    assertEquals(1, iterator.next(2).numExamples());
    assertThrows(IllegalArgumentException.class, () -> iterator.next(0));
  }

  @Test
  void prefetchingAdvancesByOneEpochAPass() {
    ImageSet images = TestImages.gradients(20);
    ImageSetIterator iterator = ImageSetIterator.training(images, 3, UNIT, 5);
    for (int pass = 0; pass < 4; pass++) {
      // As MultiLayerNetwork.fit does: a new wrapper around the same iterator.
      AsyncDataSetIterator async = new AsyncDataSetIterator(iterator, 2, true);
      assertSameBatches(epochOf(images, 3, 5, pass), drain(async));
      async.shutdown();
      assertEquals(pass, iterator.epoch());
    }
  }

  @Test
  void resettingThePrefetcherAdvancesByOneEpoch() {
    ImageSet images = TestImages.gradients(20);
    ImageSetIterator iterator = ImageSetIterator.training(images, 3, UNIT, 5);
    AsyncDataSetIterator async = new AsyncDataSetIterator(iterator, 2, true);
    for (int pass = 0; pass < 3; pass++) {
      assertSameBatches(epochOf(images, 3, 5, pass), drain(async));
      async.reset();
      assertEquals(pass + 1, iterator.epoch());
    }
    async.shutdown();
  }

  @Test
  void aNetworksEpochsAndTheIteratorsAreTheSame() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0.01))
            .list()
            .layer(new OutputLayer.Builder().nOut(2).build())
            .setInputType(InputType.convolutional(1, 1, 3))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    ImageSetIterator iterator =
        ImageSetIterator.training(TestImages.dots(AB, 0, 1, 0, 1, 0), 2, UNIT, 1);
    network.fit(iterator, 2);
    network.fit(iterator);
    assertEquals(3, network.getEpochCount());
    assertEquals(9, network.getIterationCount());
    assertEquals(2, iterator.epoch());
    iterator.reset();
    network.fit(iterator);
    assertEquals(3, iterator.epoch());
  }

  @Test
  void tellsWhatDl4jAsks() {
    ImageSet images = TestImages.gradients(3);
    ImageSetIterator iterator = ImageSetIterator.evaluation(images, 2, UNIT);
    assertEquals(3072, iterator.inputColumns());
    assertEquals(2, iterator.totalOutcomes());
    assertEquals(2, iterator.batch());
    assertEquals(List.of("even", "odd"), iterator.getLabels());
    assertTrue(iterator.resetSupported());
    assertTrue(iterator.asyncSupported());
  }

  @Test
  void aPreProcessorSeesEachBatch() {
    ImageSetIterator iterator = ImageSetIterator.evaluation(TestImages.dots(AB, 0, 1), 2, UNIT);
    float[] before = flat(iterator.next());
    iterator.reset();
    iterator.setPreProcessor(batch -> batch.getFeatures().addi(1));
    float[] after = flat(iterator.next());
    assertNotEquals(before[0], after[0]);
    assertEquals(before[0] + 1, after[0]);
  }

  @Test
  void sizesAndEpochsWithoutSenseAreRefused() {
    ImageSet images = TestImages.dots(AB, 0, 1);
    assertEquals(
        "Expected a batch of at least 1 image, found 0",
        assertThrows(
                IllegalArgumentException.class, () -> ImageSetIterator.evaluation(images, 0, UNIT))
            .getMessage());
    assertEquals(
        "Expected at least one full batch of 3, found 2 images",
        assertThrows(
                IllegalArgumentException.class,
                () -> ImageSetIterator.training(images, 3, UNIT, 1, LastBatch.DROP))
            .getMessage());
    ImageSetIterator iterator = ImageSetIterator.training(images, 3, UNIT, 1);
    assertEquals(
        "Expected an epoch of at least 0, found -1",
        assertThrows(IllegalArgumentException.class, () -> iterator.setEpoch(-1)).getMessage());
  }
}
