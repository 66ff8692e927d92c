package org.dl4j.q4.kernels;

import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;

/** What a {@link BatchNormKernel} is made for. */
public final class BatchNormSpec {

  private final CNN2DFormat format;
  private final double epsilon;
  private final boolean relu;

  /**
   * @param format layout of the images
   * @param epsilon ε, added to the variance
   * @param relu whether a ReLU follows and belongs to it
   */
  public BatchNormSpec(CNN2DFormat format, double epsilon, boolean relu) {
    this.format = Objects.requireNonNull(format, "format");
    this.epsilon = epsilon;
    this.relu = relu;
  }

  /**
   * @return layout of the images
   */
  public CNN2DFormat format() {
    return format;
  }

  /**
   * @return ε, added to the variance
   */
  public double epsilon() {
    return epsilon;
  }

  /**
   * @return whether a ReLU follows and belongs to it
   */
  public boolean relu() {
    return relu;
  }
}
