package org.dl4j.q4.convert;

import java.util.Optional;
import java.util.Set;
import org.dl4j.q4.convert.LayerNodes.LayerNode;
import org.dl4j.q4.quant.WeightQuantization;

/** Which layers are swapped, and how their weights are quantized. */
final class LayerPolicy {

  final WeightQuantization quantization;
  private final boolean keepFirst;
  private final boolean keepLast;
  private final Set<String> keptNames;
  private final Set<Class<?>> keptTypes;

  LayerPolicy(
      WeightQuantization quantization,
      boolean keepFirst,
      boolean keepLast,
      Set<String> keptNames,
      Set<Class<?>> keptTypes) {
    this.quantization = quantization;
    this.keepFirst = keepFirst;
    this.keepLast = keepLast;
    this.keptNames = Set.copyOf(keptNames);
    this.keptTypes = Set.copyOf(keptTypes);
  }

  /**
   * @param layer a layer
   * @param first whether it is the first layer that could be swapped
   * @param last whether it is the last
   * @return why it is to be left, or nothing if it is to be swapped
   */
  Optional<String> reasonToKeep(LayerNode layer, boolean first, boolean last) {
    if (keepFirst && first) {
      return Optional.of("kept: the first layer");
    }
    if (keepLast && last) {
      return Optional.of("kept: the last layer");
    }
    if (layer.names().stream().anyMatch(keptNames::contains)) {
      return Optional.of("kept: by its name");
    }
    return layer.types().stream()
            .anyMatch(type -> keptTypes.stream().anyMatch(kept -> kept.isAssignableFrom(type)))
        ? Optional.of("kept: by its type")
        : Optional.empty();
  }

  /** The names, to be checked against the layers that there are. */
  Set<String> keptNames() {
    return keptNames;
  }
}
