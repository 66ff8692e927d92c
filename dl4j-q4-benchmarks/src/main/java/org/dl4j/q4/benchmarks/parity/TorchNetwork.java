package org.dl4j.q4.benchmarks.parity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dl4j.q4.benchmarks.parity.Parameter.Kind;

/**
 * The network in PyTorch's functions. What PyTorch has none for, the 4-bit quantizer, is three
 * lines after the paper's equations.
 *
 * <p>Straight-through gradients: the loss is differentiated by the quantized weights, which are
 * leaves of the graph of each step, and {@link #passGradientsThrough()} hands the result to the
 * float weights as their gradient. The usual {@code w + (q(w) − w).detach()} has the same gradient,
 * but in floating point another value than q(w), by its last bit.
 */
final class TorchNetwork {

  private static final long[] ONE = {1, 1};

  private final ScalarType type;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  /** The quantized weights of this step. */
  private final Map<String, Tensor> quantized = new LinkedHashMap<>();

  TorchNetwork(ScalarType type, Map<String, double[]> start) {
    this.type = type;
    for (Parameter parameter : Parameters.ALL) {
      Tensor values = Tensor.create(start.get(parameter.name()), parameter.shape()).to(type);
      parameters.put(parameter.name(), values.set_requires_grad(parameter.isTrained()));
    }
  }

  Tensor parameter(String name) {
    return parameters.get(name);
  }

  TensorVector trained() {
    return new TensorVector(
        Parameters.trained().stream()
            .map(parameter -> parameters.get(parameter.name()))
            .toArray(Tensor[]::new));
  }

  /**
   * @param minibatch images and classes
   * @return mean cross entropy
   */
  Tensor loss(Minibatch minibatch) {
    quantizeWeights();
    int size = Parameters.SIZE;
    Tensor images =
        Tensor.create(minibatch.images(), Parameters.BATCH, Parameters.CHANNELS, size, size)
            .to(type);
    Tensor x = torch.relu(batchNorm("bn1", convolution("conv1", images, ONE, ONE)));
    x = torch.max_pool2d(x, 2, 2);
    x = torch.relu(batchNorm("bn2", convolution("conv2", x, ONE, ONE)));
    x = torch.relu(convolution("conv3", x, new long[] {2, 2}, ONE));
    x = torch.relu(batchNorm("bn4", convolution("conv4", x, ONE, new long[] {0, 1})));
    x = torch.relu(batchNorm("bn5", linear("dense", x.flatten(1, -1))));
    long[] classes = Arrays.stream(minibatch.classes()).asLongStream().toArray();
    return torch.cross_entropy_loss(linear("out", x), Tensor.create(classes));
  }

  private void quantizeWeights() {
    for (Parameter parameter : Parameters.weights()) {
      Tensor weights = parameter(parameter.name()).detach();
      Tensor values = codes(weights).mul(scale(weights));
      quantized.put(parameter.name(), values.set_requires_grad(true));
    }
  }

  private static Tensor scale(Tensor weights) {
    return weights.abs().max().add(new Scalar(1e-8)).div(new Scalar(7));
  }

  private static Tensor codes(Tensor weights) {
    Tensor rounded = weights.div(scale(weights)).round(); // half to even
    return rounded.clamp(new ScalarOptional(new Scalar(-7)), new ScalarOptional(new Scalar(7)));
  }

  private Tensor convolution(String layer, Tensor x, long[] stride, long[] padding) {
    return torch.conv2d(
        x,
        quantized.get(Parameter.name(layer, Kind.WEIGHT)),
        optional(layer, Kind.BIAS),
        stride,
        padding,
        ONE,
        1);
  }

  private Tensor linear(String layer, Tensor x) {
    return torch.linear(
        x,
        quantized.get(Parameter.name(layer, Kind.WEIGHT)),
        parameters.get(Parameter.name(layer, Kind.BIAS)));
  }

  private Tensor batchNorm(String layer, Tensor x) {
    return torch.batch_norm(
        x,
        optional(layer, Kind.GAMMA),
        optional(layer, Kind.BETA),
        optional(layer, Kind.RUNNING_MEAN),
        optional(layer, Kind.RUNNING_VARIANCE),
        true,
        Setting.MOMENTUM,
        Setting.BATCH_NORM_EPSILON,
        false);
  }

  private TensorOptional optional(String layer, Kind kind) {
    Tensor parameter = parameters.get(Parameter.name(layer, kind));
    return parameter == null ? new TensorOptional() : new TensorOptional(parameter);
  }

  /** After the backward pass: the float weights get the quantized ones' gradients. */
  void passGradientsThrough() {
    quantized.forEach((name, values) -> parameter(name).mutable_grad().put(values.grad()));
    quantized.clear();
  }

  /**
   * W ← α · tanh(W / α).
   *
   * @param alpha α
   */
  void softClip(double alpha) {
    try (NoGradGuard ignored = new NoGradGuard()) {
      for (Parameter parameter : Parameters.weights()) {
        Tensor weights = parameter(parameter.name());
        Scalar bound = new Scalar(alpha);
        weights.copy_(weights.div(bound).tanh().mul(bound));
      }
    }
  }

  /** Adds parameters and codes, as they are now, to a run. */
  void tell(int step, Run run) {
    parameters.forEach((name, values) -> run.put(step, name, numbers(values)));
    for (Parameter parameter : Parameters.weights()) {
      Tensor codes = codes(parameter(parameter.name()).detach());
      run.put(step, Run.CODES + parameter.name(), numbers(codes));
    }
  }

  static double[] numbers(Tensor tensor) {
    double[] numbers = new double[Math.toIntExact(tensor.numel())];
    Tensor doubles = tensor.detach().to(ScalarType.Double).contiguous();
    doubles.data_ptr_double().get(numbers);
    return numbers;
  }
}
