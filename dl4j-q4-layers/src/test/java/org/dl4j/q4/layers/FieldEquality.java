package org.dl4j.q4.layers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Compares configurations field by field, so that no {@code equals} can forget one. */
final class FieldEquality {

  private FieldEquality() {}

  /** All fields that {@code as} and its parents declare have equal values in both. */
  static void assertSameFields(Layer expected, Layer actual, Class<? extends Layer> as) {
    for (Class<?> type = as; type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        Object wanted = value(field, expected);
        Object found = value(field, actual);
        assertTrue(
            Objects.deepEquals(wanted, found),
            type.getSimpleName()
                + "."
                + field.getName()
                + " is "
                + print(found)
                + " instead of "
                + print(wanted));
      }
    }
  }

  /** How many fields of a layer differ from another's: that a test sets them all. */
  static long differences(Layer one, Layer other, Class<? extends Layer> as) {
    long differences = 0;
    for (Class<?> type = as; type != Object.class; type = type.getSuperclass()) {
      differences +=
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .filter(field -> !Objects.deepEquals(value(field, one), value(field, other)))
              .count();
    }
    return differences;
  }

  private static Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String print(Object value) {
    return Arrays.deepToString(new Object[] {value});
  }
}
