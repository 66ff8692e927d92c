package org.dl4j.q4.benchmarks;

import java.util.List;

/** The benchmarks of inference and of what it needs memory for. */
final class InferenceCatalog {

  private static final Rounds INFERENCES = new Rounds(20, 50);

  /** A few milliseconds each, of which the JVM's share is slow until it is compiled. */
  private static final Rounds SINGLE_INFERENCES = new Rounds(500, 200);

  /** Bytes are the same each time. */
  private static final Rounds ONCE = new Rounds(0, 1);

  /** Sizes; in place of milliseconds they have bytes. */
  static final List<Benchmark> BYTES =
      List.of(
          bytes("packed-vs-fp32-bytes", "packed file / the FP32 twin's", "FILE", "FP32_FILE"),
          bytes("packed-weights-vs-fp32", "weights packed in memory / in FP32", "PACKED", "FLOATS"),
          bytes("int8-weights-vs-fp32", "weights as bytes / in FP32", "INTEGERS", "FLOATS"));

  private InferenceCatalog() {}

  /**
   * @param batch how many images
   * @return the benchmarks of inferring so many at once
   */
  static List<Benchmark> of(int batch) {
    ContenderSpec floats = Contenders.ourInference(batch);
    ContenderSpec integers = Contenders.engineInference("INTEGERS", "PACKED", batch);
    ContenderSpec unpacked = Contenders.engineInference("INTEGERS", "UNPACKED", batch);
    ContenderSpec pyTorch = Contenders.djlInference("CHANNELS_LAST", batch);
    ContenderSpec onnxRuntime = Contenders.ortInference("FP32", batch);
    ContenderSpec onnxRuntimeIntegers = Contenders.ortInference("INT8", batch);
    return List.of(
        inference(
            "infer-vs-pytorch-",
            "4-bit inference / FP32 inference of PyTorch",
            floats,
            pyTorch,
            batch),
        inference(
            "infer-vs-ort-",
            "4-bit inference / FP32 inference of ONNX Runtime",
            floats,
            onnxRuntime,
            batch),
        inference(
            "int-infer-vs-pytorch-",
            "integer inference / FP32 inference of PyTorch",
            integers,
            pyTorch,
            batch),
        inference(
            "int-infer-vs-ort-",
            "integer inference / FP32 inference of ONNX Runtime",
            integers,
            onnxRuntime,
            batch),
        inference(
            "int-infer-vs-ort-int8-",
            "integer inference / integer inference of ONNX Runtime",
            integers,
            onnxRuntimeIntegers,
            batch),
        inference(
            "int-infer-vs-dl4j-",
            "integer inference / output() of our layers",
            integers,
            floats,
            batch),
        inference(
            "packed-vs-unpacked-",
            "integer inference, weights packed / weights as bytes",
            integers,
            unpacked,
            batch));
  }

  private static Benchmark inference(
      String name, String description, ContenderSpec ours, ContenderSpec theirs, int batch) {
    return new Benchmark(
        name + batch,
        description + ", batch " + batch,
        ours,
        theirs,
        batch == 1 ? SINGLE_INFERENCES : INFERENCES);
  }

  private static Benchmark bytes(String name, String description, String ours, String theirs) {
    return new Benchmark(
        name, description, Contenders.modelBytes(ours), Contenders.modelBytes(theirs), ONCE);
  }
}
