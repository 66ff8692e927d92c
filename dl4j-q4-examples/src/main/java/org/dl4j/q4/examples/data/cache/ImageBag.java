package org.dl4j.q4.examples.data.cache;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.dl4j.q4.examples.data.ImageSet;

/** The images of a set with their classes' names, in no order: how often each occurs. */
final class ImageBag {
  private final Map<String, Map<ByteBuffer, Integer>> counts = new HashMap<>();
  private int size;

  ImageBag(ImageSet images) {
    for (int i = 0; i < images.size(); i++) {
      counts
          .computeIfAbsent(images.classNames().get(images.label(i)), name -> new HashMap<>())
          .merge(ByteBuffer.wrap(images.pixels(i)), 1, Integer::sum);
    }
    size = images.size();
  }

  int size() {
    return size;
  }

  /** Takes out an image of each of the other set that is here, and counts those that are not. */
  int removeAll(ImageSet images) {
    int foreign = 0;
    for (int i = 0; i < images.size(); i++) {
      Map<ByteBuffer, Integer> ofClass =
          counts.getOrDefault(images.classNames().get(images.label(i)), new HashMap<>());
      ByteBuffer image = ByteBuffer.wrap(images.pixels(i));
      if (ofClass.containsKey(image)) {
        ofClass.computeIfPresent(image, (key, count) -> count == 1 ? null : count - 1);
        size--;
      } else {
        foreign++;
      }
    }
    return foreign;
  }
}
