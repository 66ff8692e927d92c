package org.dl4j.q4.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.util.ConvolutionUtils;
import org.deeplearning4j.util.ValidationUtils;

/**
 * What {@link ConvolutionLayer.Builder} adds to its base, for builders of other layers: that class
 * cannot be extended without its fluent methods returning itself.
 *
 * @param <T> the builder itself
 */
// As in the parent's builder: varargs where BaseConvBuilder takes arrays.
@SuppressWarnings({"overrides", "unchecked"})
abstract class Conv2dBuilder<T extends Conv2dBuilder<T>>
    extends ConvolutionLayer.BaseConvBuilder<T> {

  private CNN2DFormat dataFormat = CNN2DFormat.NCHW;

  Conv2dBuilder() {}

  Conv2dBuilder(int... kernelSize) {
    super(kernelSize);
  }

  Conv2dBuilder(int[] kernelSize, int[] stride) {
    super(kernelSize, stride);
  }

  Conv2dBuilder(int[] kernelSize, int[] stride, int[] padding) {
    super(kernelSize, stride, padding);
  }

  @Override
  protected boolean allowCausal() {
    return false;
  }

  /**
   * Layout of the images, in and out.
   *
   * @param format NCHW by default; set from the network's input type where it has one
   * @return this builder
   */
  public T dataFormat(CNN2DFormat format) {
    this.dataFormat = format;
    return (T) this;
  }

  /**
   * @param format layout of the images, in and out
   */
  public void setDataFormat(CNN2DFormat format) {
    this.dataFormat = format;
  }

  CNN2DFormat format() {
    return dataFormat;
  }

  @Override
  public void setKernelSize(int... kernelSize) {
    this.kernelSize = ValidationUtils.validate2NonNegative(kernelSize, false, "kernelSize");
  }

  @Override
  public void setStride(int... stride) {
    this.stride = ValidationUtils.validate2NonNegative(stride, false, "stride");
  }

  @Override
  public void setPadding(int... padding) {
    this.padding = ValidationUtils.validate2NonNegative(padding, false, "padding");
  }

  @Override
  public void setDilation(int... dilation) {
    this.dilation = ValidationUtils.validate2NonNegative(dilation, false, "dilation");
  }

  /** The parent builder's checks, to be made before building. */
  void validate() {
    ConvolutionUtils.validateConvolutionModePadding(convolutionMode, padding);
    ConvolutionUtils.validateCnnKernelStridePadding(kernelSize, stride, padding);
  }
}
