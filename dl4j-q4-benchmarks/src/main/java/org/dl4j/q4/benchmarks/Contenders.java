package org.dl4j.q4.benchmarks;

import java.util.Map;

/** The contenders there are. */
final class Contenders {

  /**
   * Makes glibc keep the memory it once got. By default it returns large blocks to the system when
   * they are freed, and the scratch buffers of oneDNN, which ND4J and PyTorch allocate anew for
   * every operation, are then faulted in page by page at each step. Other C libraries ignore it.
   */
  static final Map<String, String> KEEP_MEMORY =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "4294967296");

  /** Deeplearning4j as it comes. */
  static final ContenderSpec STOCK_STEP =
      ContenderSpec.of("stock Deeplearning4j's step", "stock", "StockVggStep");

  /** The fastest FP32 step of PyTorch found, see {@link PyTorchVariants}. */
  static final ContenderSpec PYTORCH_STEP = djlStep("CHANNELS_LAST", "F32");

  /** The fastest step of PyTorch's bf16 autocast found, see {@link PyTorchVariants}. */
  static final ContenderSpec PYTORCH_BF16_STEP = torchStep("CHANNELS_LAST", "BF16");

  private static final String KERNELS = "org.dl4j.q4.kernels";

  private Contenders() {}

  /**
   * @param kernels what our layers compute on, {@code nd4j}, {@code f32} or {@code bf16}
   * @param arguments those of {@code VggStep}
   * @return our training step
   */
  static ContenderSpec ourStep(String kernels, String... arguments) {
    return ContenderSpec.of("our step, " + kernels + " kernels", "q4", "VggStep", arguments)
        .withProperty(KERNELS, kernels)
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @return our 4-bit training step on the f32 kernels, with a report of statistics in it
   */
  static ContenderSpec reportedStep() {
    return ContenderSpec.of("our step with statistics, f32 kernels", "q4", "ReportedVggStep")
        .withProperty(KERNELS, "f32")
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param batch how many images
   * @return our inference, activations in float
   */
  static ContenderSpec ourInference(int batch) {
    return ContenderSpec.of(
            "our inference of " + batch, "q4", "VggInference", Integer.toString(batch))
        .withProperty(KERNELS, "f32")
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param arithmetic {@code INTEGERS} or {@code FLOATS}
   * @param storage {@code PACKED} or {@code UNPACKED}
   * @param batch how many images
   * @return inference by our engine
   */
  static ContenderSpec engineInference(String arithmetic, String storage, int batch) {
    return ContenderSpec.of(
            "our engine's inference of " + batch,
            "q4",
            "EngineInference",
            arithmetic,
            storage,
            Integer.toString(batch))
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param place name of a place where a model takes memory, see {@code ModelBytes}
   * @return how many bytes it takes there, as if they were milliseconds
   */
  static ContenderSpec modelBytes(String place) {
    return ContenderSpec.of("bytes of " + place, "q4", "ModelBytes", place);
  }

  /**
   * @param type {@code f32} or {@code bf16}
   * @return the six convolutions alone, on oneDNN itself
   */
  static ContenderSpec convolutions(String type) {
    return ContenderSpec.of(
            "the convolutions' " + type + " kernels", "kernels", "OneDnnKernels", type)
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param layout name of a layout of PyTorch's
   * @param precision name of a precision of PyTorch's
   * @return PyTorch's training step through DJL
   */
  static ContenderSpec djlStep(String layout, String precision) {
    return ContenderSpec.of(
            "PyTorch's step through DJL", "pytorch", "PyTorchVggStep", layout, precision)
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param layout name of a layout of PyTorch's
   * @param precision name of a precision of PyTorch's
   * @return PyTorch's training step through its C++ API
   */
  static ContenderSpec torchStep(String layout, String precision) {
    return ContenderSpec.of("PyTorch's step in C++", "torch", "TorchVggStep", layout, precision)
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param layout name of a layout of PyTorch's
   * @param batch how many images
   * @return PyTorch's inference through DJL
   */
  static ContenderSpec djlInference(String layout, int batch) {
    return ContenderSpec.of(
            "PyTorch's inference of " + batch + " through DJL",
            "pytorch",
            "PyTorchVggInference",
            layout,
            Integer.toString(batch))
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param layout name of a layout of PyTorch's
   * @param batch how many images
   * @return PyTorch's inference through its C++ API
   */
  static ContenderSpec torchInference(String layout, int batch) {
    return ContenderSpec.of(
            "PyTorch's inference of " + batch + " in C++",
            "torch",
            "TorchVggInference",
            layout,
            Integer.toString(batch))
        .withEnvironment(KEEP_MEMORY);
  }

  /**
   * @param precision {@code FP32} or {@code INT8}
   * @param batch how many images
   * @return ONNX Runtime's inference
   */
  static ContenderSpec ortInference(String precision, int batch) {
    return ContenderSpec.of(
            "ONNX Runtime's " + precision + " inference of " + batch,
            "q4",
            "OrtVggInference",
            precision,
            Integer.toString(batch))
        .withJars("onnx")
        .withEnvironment(KEEP_MEMORY);
  }
}
