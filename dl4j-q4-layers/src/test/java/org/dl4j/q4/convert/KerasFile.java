package org.dl4j.q4.convert;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A Keras 2 model in HDF5, as {@code model.save("model.h5")} lays it out: the architecture as JSON
 * in an attribute, and a group of weights for each layer.
 */
final class KerasFile {

  private final String config;
  private final Map<String, Map<String, Object>> weights = new LinkedHashMap<>();
  private final Random random = new Random(1);

  /**
   * @param config the model's JSON
   */
  KerasFile(String config) {
    this.config = config;
  }

  /** Random weights for a layer; an empty shape list for a layer without. */
  KerasFile layer(String name, Object... namesAndShapes) {
    Map<String, Object> arrays = new LinkedHashMap<>();
    for (int i = 0; i < namesAndShapes.length; i += 2) {
      arrays.put((String) namesAndShapes[i], random((int[]) namesAndShapes[i + 1], 0));
    }
    weights.put(name, arrays);
    return this;
  }

  private Object random(int[] shape, int dimension) {
    if (dimension == shape.length - 1) {
      float[] values = new float[shape[dimension]];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * 0.3);
      }
      return values;
    }
    Object first = random(shape, dimension + 1);
    Object array = Array.newInstance(first.getClass(), shape[dimension]);
    for (int i = 0; i < shape[dimension]; i++) {
      Array.set(array, i, i == 0 ? first : random(shape, dimension + 1));
    }
    return array;
  }

  Path write(Path file) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("model_config", config);
      hdf.putAttribute("keras_version", "2.2.4");
      hdf.putAttribute("backend", "tensorflow");
      WritableGroup all = hdf.putGroup("model_weights");
      all.putAttribute("layer_names", weights.keySet().toArray(new String[0]));
      all.putAttribute("keras_version", "2.2.4");
      all.putAttribute("backend", "tensorflow");
      weights.forEach(
          (name, arrays) -> {
            WritableGroup layer = all.putGroup(name);
            if (arrays.isEmpty()) {
              layer.putAttribute("weight_names", " "); // Keras: an empty list, which has no type
            } else {
              layer.putAttribute(
                  "weight_names",
                  arrays.keySet().stream().map(w -> name + "/" + w).toArray(String[]::new));
              WritableGroup inner = layer.putGroup(name);
              arrays.forEach(inner::putDataset);
            }
          });
    }
    return file;
  }
}
