package org.dl4j.q4.benchmarks.contenders;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.FlattenImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.MaxPool2dImpl;
import org.bytedeco.pytorch.ReLUImpl;
import org.bytedeco.pytorch.ReLUOptions;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** {@code Vgg4bit} in FP32 of PyTorch's own modules by its C++ API, the ReLUs in place. */
final class TorchVgg {

  static final int CLASSES = 10;
  private static final int[] CHANNELS = {64, 128, 256};
  private static final int FEATURES = 4096;
  private static final int HIDDEN = 512;

  private final TorchLayout layout;
  private final MemoryFormat format;
  private final SequentialImpl modules = new SequentialImpl();
  private final Conv2dImpl secondConvolution;

  /**
   * @param layout of the images and of the convolutions' weights
   */
  TorchVgg(TorchLayout layout) {
    this.layout = layout;
    format =
        layout == TorchLayout.CHANNELS_LAST ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
    Conv2dImpl second = null;
    int channelsIn = 3;
    for (int channels : CHANNELS) {
      for (int half = 0; half < 2; half++) {
        Conv2dImpl convolution = convolution(channelsIn, channels);
        second = second == null && half == 1 ? convolution : second;
        modules.push_back(convolution);
        modules.push_back(new BatchNorm2dImpl(new BatchNormOptions(channels)));
        modules.push_back(relu());
        channelsIn = channels;
      }
      modules.push_back(new MaxPool2dImpl(new LongPointer(2, 2)));
    }
    modules.push_back(new FlattenImpl());
    modules.push_back(new LinearImpl(FEATURES, HIDDEN));
    modules.push_back(new BatchNorm1dImpl(new BatchNormOptions(HIDDEN)));
    modules.push_back(relu());
    modules.push_back(new DropoutImpl(0.5));
    modules.push_back(new LinearImpl(HIDDEN, CLASSES));
    secondConvolution = second;
  }

  private Conv2dImpl convolution(int channelsIn, int channelsOut) {
    Conv2dOptions options = new Conv2dOptions(channelsIn, channelsOut, new LongPointer(3, 3));
    options.padding().put(new LongPointer(1, 1));
    Conv2dImpl convolution = new Conv2dImpl(options);
    convolution.weight().set_data(convolution.weight().contiguous(format));
    return convolution;
  }

  private static ReLUImpl relu() {
    return new ReLUImpl(new ReLUOptions(true));
  }

  /**
   * @param images [batch, 3, 32, 32], as a data loader gives them: channels first
   * @return logits [batch, 10]
   */
  Tensor forward(Tensor images) {
    return modules.forward(images.contiguous(format));
  }

  /**
   * @param precision in which to compute
   * @return the type that the second convolution's output has then
   */
  String type(TorchPrecision precision) {
    Tensor input = torch.randn(1, CHANNELS[0], 32, 32).contiguous(format);
    Tensor output = precision.compute(() -> secondConvolution.forward(input));
    return torch.toString(output.scalar_type()).getString();
  }

  /**
   * @return what frees, when it is closed, all that this thread has created since
   */
  @SuppressWarnings("unchecked") // creates an array of generic type, and that an empty one
  static PointerScope scope() {
    return new PointerScope();
  }

  TensorVector parameters() {
    return modules.parameters();
  }

  /** From now on: running statistics, no dropout. */
  void evaluate() {
    modules.eval();
  }

  /**
   * @return layout, size, threads and versions
   */
  String description() {
    return String.format(
        Locale.ROOT,
        "%,d parameters, %s, %d threads; %s",
        size(),
        layout,
        torch.get_num_threads(),
        Jars.named("pytorch-\\d.*-(linux|macosx|windows)-"));
  }

  /** Running statistics count, batch norm's counters of batches do not. */
  private long size() {
    return Stream.of(modules.parameters(), modules.buffers())
        .flatMap(tensors -> Arrays.stream(tensors.get()))
        .filter(tensor -> tensor.dim() > 0)
        .mapToLong(Tensor::numel)
        .sum();
  }
}
