package org.dl4j.q4.onednn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  private final BoundedCache<String> cache = new BoundedCache<>();
  private int made;

  @Test
  void aShapeIsMadeOnce() {
    assertEquals("made 1", get(2, 3));
    assertEquals("made 1", get(2, 3));
    assertEquals("made 2", get(3, 2));
  }

  @Test
  void itNeverHoldsMoreThanItsCapacity() {
    for (int i = 0; i < 3 * BoundedCache.CAPACITY; i++) {
      get(i);
      assertEquals(Math.min(i + 1, BoundedCache.CAPACITY), cache.size());
    }
  }

  @Test
  void whatWasNotUsedForTheLongestTimeGoesFirst() {
    for (int i = 0; i < BoundedCache.CAPACITY; i++) {
      get(i);
    }
    get(0);
    get(1000); // 1 goes

    assertEquals("made 1", get(0));
    assertEquals("made " + (BoundedCache.CAPACITY + 2), get(1));
  }

  @Test
  void whatFallsOutIsFreedAtOnceAndWhatStaysIsNot() {
    BoundedCache<FloatPointer> buffers = new BoundedCache<>();
    FloatPointer first = buffers.get(ShapeKey.of(0), () -> new FloatPointer(10));
    FloatPointer second = buffers.get(ShapeKey.of(1), () -> new FloatPointer(10));
    for (int i = 0; i < BoundedCache.CAPACITY - 1; i++) {
      buffers.get(ShapeKey.of(100 + i), () -> new FloatPointer(10));
    }

    assertTrue(first.isNull(), "freed");
    assertFalse(second.isNull(), "kept");
  }

  @Test
  void whatAMakerMadeBeforeItFailedIsFreed() {
    BoundedCache<FloatPointer> buffers = new BoundedCache<>();
    FloatPointer[] made = new FloatPointer[1];

    assertThrows(
        IllegalStateException.class,
        () ->
            buffers.get(
                ShapeKey.of(0),
                () -> {
                  made[0] = new FloatPointer(10);
                  throw new IllegalStateException();
                }));

    assertTrue(made[0].isNull());
    assertEquals(0, buffers.size());
  }

  private String get(long... shape) {
    return cache.get(
        ShapeKey.of(shape),
        () -> {
          made++;
          return "made " + made;
        });
  }
}
