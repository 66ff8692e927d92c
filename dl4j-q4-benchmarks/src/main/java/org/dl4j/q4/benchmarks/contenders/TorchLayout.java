package org.dl4j.q4.benchmarks.contenders;

/** Order in which PyTorch keeps images and the weights of convolutions in memory. */
enum TorchLayout {
  /** As it comes: [batch, channels, height, width], its "contiguous". */
  CHANNELS_FIRST("channels first"),
  /** Its memory format {@code channels_last}; the shape stays the same, the strides do not. */
  CHANNELS_LAST("channels last");

  private final String text;

  TorchLayout(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
