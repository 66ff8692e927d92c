package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochTest {
  private static final float[] NO_MEAN = {0, 0, 0};

  /** Leaves pixels as they are: p / 255 / (1 / 255), within float rounding. */
  private static final Normalization IDENTITY =
      new Normalization(NO_MEAN, new float[] {1 / 255f, 1 / 255f, 1 / 255f});

  /** Two rows of three pixels: 1 to 6 in red, 11 to 16 in green, 21 to 26 in blue. */
  private static final LabelledImage IMAGE =
      new LabelledImage(
          2, 3, new byte[] {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26}, 0);

  private static float[] write(int rowShift, int columnShift, boolean flip, Normalization norm) {
    Epoch epoch =
        new Epoch(
            new int[] {0},
            new byte[] {(byte) rowShift},
            new byte[] {(byte) columnShift},
            new boolean[] {flip});
    float[] target = new float[20];
    epoch.write(0, IMAGE, norm, target, 2);
    return target;
  }

  @Test
  void aPlainImageIsWrittenAtItsOffset() {
    assertArrayEquals(
        new float[] {0, 0, 1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26},
        write(0, 0, false, IDENTITY),
        1e-4f);
  }

  @Test
  void aCropBelowAndToTheLeftIsPaddedAtTheBottomAndTheLeft() {
    assertArrayEquals(
        new float[] {0, 0, 0, 4, 5, 0, 0, 0, 0, 14, 15, 0, 0, 0, 0, 24, 25, 0, 0, 0},
        write(1, -1, false, IDENTITY),
        1e-4f);
  }

  @Test
  void theFlipMirrorsTheCropNotTheImage() {
    assertArrayEquals(
        new float[] {0, 0, 5, 4, 0, 0, 0, 0, 15, 14, 0, 0, 0, 0, 25, 24, 0, 0, 0, 0},
        write(1, -1, true, IDENTITY),
        1e-4f);
  }

  @Test
  void aCropBeyondTheImageIsPaddingOnly() {
    assertArrayEquals(new float[20], write(-4, 4, true, IDENTITY), 0);
  }

  @Test
  void paddingIsBlackBeforeNormalization() {
    Normalization norm =
        new Normalization(new float[] {0.5f, 0.25f, 1}, new float[] {0.5f, 0.5f, 0.5f});
    float[] written = write(2, 0, false, norm);
    assertEquals(-1, written[2]);
    assertEquals(-0.5f, written[8]);
    assertEquals(-2, written[14]);
  }

  @Test
  void anEpochHoldsEachImageOnceInAnOrderOfItsOwn() {
    List<Integer> all = IntStream.range(0, 500).boxed().collect(Collectors.toList());
    assertEquals(all, order(Epoch.plain(500)));
    List<Integer> order = order(Epoch.augmented(500, 1, 0));
    assertEquals(all, order.stream().sorted().collect(Collectors.toList()));
    assertEquals(order, order(Epoch.augmented(500, 1, 0)));
    assertNotEquals(order, order(Epoch.augmented(500, 1, 1)));
    assertNotEquals(order, order(Epoch.augmented(500, 2, 0)));
  }

  private static List<Integer> order(Epoch epoch) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      order.add(epoch.imageAt(i));
    }
    return order;
  }
}
