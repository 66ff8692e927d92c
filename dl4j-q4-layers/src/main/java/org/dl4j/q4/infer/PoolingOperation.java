package org.dl4j.q4.infer;

import java.util.List;
import java.util.Optional;
import org.dl4j.q4.kernels.Window2d;

/** The largest or the mean activation of each window, or of each image. */
public final class PoolingOperation extends Operation {

  private final boolean maximum;
  private final boolean paddingCounts;
  private final Window2d window;

  /**
   * @param window null for whole images
   */
  PoolingOperation(
      String output, String input, boolean maximum, boolean paddingCounts, Window2d window) {
    super(output, List.of(input));
    this.maximum = maximum;
    this.paddingCounts = paddingCounts;
    this.window = window;
  }

  /**
   * @return whether it takes the largest, else the mean
   */
  public boolean isMaximum() {
    return maximum;
  }

  /**
   * @return whether a mean counts the padding as zeros
   */
  public boolean paddingCounts() {
    return paddingCounts;
  }

  /**
   * @return empty for whole images, which become [channels]
   */
  public Optional<Window2d> window() {
    return Optional.ofNullable(window);
  }

  @Override
  public ActivationFunction activation() {
    return ActivationFunction.IDENTITY;
  }

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    long[] in = inputShapes.get(0);
    if (in.length != Shapes.IMAGE) {
      throw wrongInput("[channels, height, width]", in);
    }
    return window == null ? new long[] {in[0]} : Shapes.windowed(window, in, in[0]);
  }

  @Override
  Optional<Operation> followedBy(String newOutput, ActivationFunction function) {
    return Optional.empty(); // poolings have no function of their own
  }
}
