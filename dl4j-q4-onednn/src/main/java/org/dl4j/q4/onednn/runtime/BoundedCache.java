package org.dl4j.q4.onednn.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * What a kernel has made for the shapes it has seen, the most recently used ones. A network sees
 * few: full and last batch, in training and in inference. What falls out is freed at once, with all
 * native objects that were made along with it, and must not be used again.
 *
 * @param <V> what is made for a shape
 */
public final class BoundedCache<V> {

  public static final int CAPACITY = 8;

  private final Map<ShapeKey, Held<V>> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ShapeKey, Held<V>> eldest) {
          boolean full = size() > CAPACITY;
          if (full) {
            eldest.getValue().free();
          }
          return full;
        }
      };

  public V get(ShapeKey key, Supplier<V> maker) {
    Held<V> entry = entries.get(key);
    if (entry == null) {
      entry = make(maker);
      entries.put(key, entry);
    }
    return entry.value;
  }

  /** Frees everything that was made. */
  public void clear() {
    entries.values().forEach(Held::free);
    entries.clear();
  }

  @SuppressWarnings("unchecked") // PointerScope's constructor has generic varargs
  private static <V> Held<V> make(Supplier<V> maker) {
    Engine.cpu(); // the engine belongs to all, so it must not be made within the scope
    try (PointerScope scope = new PointerScope()) {
      V value = maker.get();
      scope.extend(); // past the end of this block; if the maker fails, what it has made is freed
      // here
      return new Held<>(value, scope);
    }
  }

  public int size() {
    return entries.size();
  }

  private static final class Held<V> {

    final V value;

    /** Holds the native objects of the value. */
    final PointerScope scope;

    Held(V value, PointerScope scope) {
      this.value = value;
      this.scope = scope;
    }

    void free() {
      scope.close();
      if (value instanceof Releasable) {
        ((Releasable) value).release();
      }
    }
  }
}
