package org.dl4j.q4.onednn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ShapeKeyTest {

  @Test
  void equalNumbersInTheSameOrderAreEqualKeys() {
    ShapeKey key = ShapeKey.of(2, 3).and(4);

    assertEquals(ShapeKey.of(2, 3, 4), key);
    assertEquals(ShapeKey.of(2, 3, 4).hashCode(), key.hashCode());
    assertEquals("[2, 3, 4]", key.toString());
    assertNotEquals(ShapeKey.of(2, 4, 3), key);
    assertNotEquals(ShapeKey.of(2, 3), key);
    assertNotEquals(ShapeKey.of(2, 3, 4, 1), key);
  }

  @Test
  void aKeyNeverChanges() {
    long[] shape = {2, 3};
    ShapeKey key = ShapeKey.of(shape);

    shape[0] = 5;
    ShapeKey longer = key.and(7);

    assertEquals(ShapeKey.of(2, 3), key);
    assertEquals(ShapeKey.of(2, 3, 7), longer);
  }
}
