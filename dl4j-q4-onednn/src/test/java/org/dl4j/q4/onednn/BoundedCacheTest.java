package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  private String get(long... shape) {
    return cache.get(
        ShapeKey.of(shape),
        () -> {
          made++;
          return "made " + made;
        });
  }
}
