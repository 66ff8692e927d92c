package org.dl4j.q4.convert;

import java.util.IdentityHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Means and variances of what goes into batch norm layers, added up batch by batch. */
final class Statistics {

  private static final class Sums {
    private INDArray mean;
    private INDArray variance;
    private int batches;
  }

  private final IdentityHashMap<Layer, Sums> sums = new IdentityHashMap<>();

  /**
   * @param layer a runtime layer
   * @return whether it is batch norm; a frozen one, whose statistics are to stay, is inside another
   */
  static boolean isOf(Layer layer) {
    return !(layer instanceof BaseWrapperLayer)
        && layer.conf().getLayer() instanceof BatchNormalization;
  }

  /**
   * @param layer batch norm
   * @param input what goes into it
   */
  void add(Layer layer, INDArray input) {
    BatchNormalization conf = (BatchNormalization) layer.conf().getLayer();
    int[] places = allButChannels(input.rank(), conf.getCnn2DFormat());
    INDArray mean = input.mean(places);
    INDArray variance = input.var(false, places);
    Sums sum = sums.computeIfAbsent(layer, key -> new Sums());
    sum.mean = sum.batches == 0 ? mean : sum.mean.addi(mean);
    sum.variance = sum.batches == 0 ? variance : sum.variance.addi(variance);
    sum.batches++;
  }

  private static int[] allButChannels(int rank, CNN2DFormat format) {
    int channels = rank == 4 && format == CNN2DFormat.NHWC ? 3 : 1;
    int[] places = new int[rank - 1];
    for (int i = 0, dimension = 0; dimension < rank; dimension++) {
      if (dimension != channels) {
        places[i++] = dimension;
      }
    }
    return places;
  }

  /**
   * Makes the means of the batches the layers' running statistics.
   *
   * @return how many layers
   */
  int assign() {
    sums.forEach(
        (layer, sum) -> {
          Map<String, INDArray> parameters = layer.paramTable();
          INDArray mean = parameters.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
          mean.assign(sum.mean.divi(sum.batches).reshape(mean.shape()));
          INDArray variance = sum.variance.divi(sum.batches);
          INDArray logStd = parameters.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
          if (logStd == null) {
            INDArray running = parameters.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
            running.assign(variance.reshape(running.shape()));
          } else { // log10 √v = ln v / (2 ln 10)
            logStd.assign(Transforms.log(variance).divi(2 * Math.log(10)).reshape(logStd.shape()));
          }
        });
    return sums.size();
  }
}
