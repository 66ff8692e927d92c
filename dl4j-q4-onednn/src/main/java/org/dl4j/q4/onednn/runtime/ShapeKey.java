package org.dl4j.q4.onednn.runtime;

import java.util.Arrays;
import java.util.stream.LongStream;

/** A shape, or several of them one after the other, as the key of a cache. */
public final class ShapeKey {

  private final long[] numbers;

  private ShapeKey(long[] numbers) {
    this.numbers = numbers;
  }

  public static ShapeKey of(long... numbers) {
    return new ShapeKey(numbers.clone());
  }

  /** This shape, and more numbers behind it. */
  public ShapeKey and(long... more) {
    return new ShapeKey(LongStream.concat(Arrays.stream(numbers), Arrays.stream(more)).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShapeKey && Arrays.equals(numbers, ((ShapeKey) other).numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
