package org.dl4j.q4.benchmarks.contenders;

import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.packed.PackedModel;
import org.dl4j.q4.quant.ActivationRange;

/** How many bytes the VGG that ships takes; a step's figure is that number. */
public final class ModelBytes implements Contender {

  /** Where it takes them. */
  enum Place {
    /** The packed file. */
    FILE {
      @Override
      long bytes() {
        return PackedModel.of(Vggs.quantized()).fileLength();
      }
    },
    /** The packed file of the FP32 twin, in which nothing is quantized. */
    FP32_FILE {
      @Override
      long bytes() {
        return PackedModel.of(Vggs.twin()).fileLength();
      }
    },
    /** Weights, scales and biases of an engine that keeps codes packed. */
    PACKED {
      @Override
      long bytes() {
        return resident(true, WeightStorage.PACKED);
      }
    },
    /** Those of an engine with integers in the kernels' own layout. */
    INTEGERS {
      @Override
      long bytes() {
        return resident(true, WeightStorage.UNPACKED);
      }
    },
    /** Those of an engine with FP32 in the kernels' own layout. */
    FLOATS {
      @Override
      long bytes() {
        return resident(false, WeightStorage.UNPACKED);
      }
    };

    abstract long bytes();
  }

  private final Place place;

  private ModelBytes(Place place) {
    this.place = place;
  }

  /**
   * @param args the name of a {@link Place}
   */
  public static void main(String[] args) {
    ContenderMain.run(() -> new ModelBytes(Place.valueOf(args[0])));
  }

  private static long resident(boolean integers, WeightStorage storage) {
    MultiLayerNetwork network = Vggs.quantized();
    Map<String, ActivationRange> ranges = integers ? Vggs.ranges(network) : Map.of();
    try (InferenceEngine engine =
        InferenceEngine.builder(network).integers(ranges).weights(storage).build()) {
      engine.output(new RandomImages(1).next().getFeatures());
      return engine.weightBytes();
    }
  }

  @Override
  public String description() {
    return "bytes of the VGG: " + place;
  }

  @Override
  public double step() {
    return place.bytes();
  }
}
