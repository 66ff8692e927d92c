package org.dl4j.q4.kernels;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How the same images can lie in memory: layers hand each other arrays of all these kinds. */
public enum ImageLayout {
  C {
    @Override
    public INDArray of(INDArray images) {
      return images.dup('c');
    }
  },
  F {
    @Override
    public INDArray of(INDArray images) {
      return images.dup('f');
    }
  },
  /** As a dense layer's gradient arrives: dimensions permuted without moving an element. */
  PERMUTED {
    @Override
    public INDArray of(INDArray images) {
      return images.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
    }
  },
  /** As DL4J's convolution returns its results: the first two dimensions swapped. */
  CHANNELS_OUTSIDE {
    @Override
    public INDArray of(INDArray images) {
      return images.permute(1, 0, 2, 3).dup('c').permute(1, 0, 2, 3);
    }
  },
  /** A slice of a larger array; what lies around it is NaN. */
  VIEW {
    @Override
    public INDArray of(INDArray images) {
      long[] larger = Arrays.stream(images.shape()).map(size -> size + 3).toArray();
      INDArrayIndex[] middle = new INDArrayIndex[images.rank()];
      Arrays.setAll(middle, d -> NDArrayIndex.interval(1, 1 + images.size(d)));
      return Nd4j.valueArrayOf(larger, Double.NaN, images.dataType()).get(middle).assign(images);
    }
  };

  public abstract INDArray of(INDArray images);
}
