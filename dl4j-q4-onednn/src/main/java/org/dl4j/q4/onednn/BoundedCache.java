package org.dl4j.q4.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a kernel has made for the shapes it has seen, the most recently used ones. A network sees
 * few: full and last batch, in training and in inference. What falls out is freed by JavaCPP once
 * the garbage collector has found it.
 *
 * @param <V> what is made for a shape
 */
final class BoundedCache<V> {

  static final int CAPACITY = 8;

  private final Map<ShapeKey, V> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ShapeKey, V> eldest) {
          return size() > CAPACITY;
        }
      };

  V get(ShapeKey key, Supplier<V> maker) {
    V value = entries.get(key);
    if (value == null) {
      value = maker.get();
      entries.put(key, value);
    }
    return value;
  }

  int size() {
    return entries.size();
  }
}
