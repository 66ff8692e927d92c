package org.dl4j.q4.benchmarks.contenders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.dl4j.q4.benchmarks.onnx.OptimizedGraph;

/**
 * Inference by the VGG in ONNX Runtime: {@code session.run} on a direct buffer, and its result
 * read. The images are drawn without ND4J, whose OpenMP threads would still be spinning when ONNX
 * Runtime's, which has none of OpenMP, begin.
 */
public final class OrtVggInference implements Contender {

  private static final String INPUT = "input";

  private final OrtVgg vgg;
  private final int batch;
  private final OptimizedGraph graph;
  private final OrtSession session;
  private final FloatBuffer images;
  private final OnnxTensor tensor;
  private final Random random = new Random(1);

  private OrtVggInference(OrtVgg vgg, int batch) throws IOException, OrtException {
    this.vgg = vgg;
    this.batch = batch;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Path file = Files.createTempFile("vgg-", ".onnx");
    try {
      vgg.write(file);
      try (OrtSession.SessionOptions options = options()) {
        graph = OptimizedGraph.of(file, options);
      }
      if (vgg == OrtVgg.INT8) {
        graph.requireIntegers();
      }
      try (OrtSession.SessionOptions options = options()) {
        session = environment.createSession(file.toString(), options);
      }
    } finally {
      Files.delete(file);
    }
    long[] shape = {batch, RandomImages.CHANNELS, RandomImages.SIZE, RandomImages.SIZE};
    images =
        ByteBuffer.allocateDirect(
                Float.BYTES * batch * RandomImages.CHANNELS * RandomImages.SIZE * RandomImages.SIZE)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    tensor = OnnxTensor.createTensor(environment, images, shape); // on the buffer, no copy
  }

  /**
   * @param args the name of an {@link OrtVgg}, and the batch
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () -> new OrtVggInference(OrtVgg.valueOf(args[0]), Integer.parseInt(args[1])));
  }

  private OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads());
    options.setSymbolicDimensionValue("batch", batch);
    // Its threads wait actively within a run, but not beyond: then it is the other side's turn.
    options.addConfigEntry("session.force_spinning_stop", "1");
    return options;
  }

  /** As many as OpenMP would have, which may be told so by a list, the outermost first. */
  private static int threads() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return threads == null
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads.split(",", -1)[0].trim());
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "inference of %d by the VGG %s, batch norm folded; ONNX Runtime %s, threads of its"
            + " own: %d; its graph: %s",
        batch,
        vgg,
        OrtEnvironment.getEnvironment().getVersion(),
        threads(),
        graph);
  }

  @Override
  public double step() {
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, (float) random.nextGaussian());
    }
    return Stopwatch.milliseconds(this::run);
  }

  private void run() {
    try (OrtSession.Result result = session.run(Map.of(INPUT, tensor))) {
      FloatBuffer probabilities = ((OnnxTensor) result.get(0)).getFloatBuffer();
      if (probabilities.remaining() != batch * RandomImages.CLASSES) {
        throw new IllegalStateException(
            "Expected " + RandomImages.CLASSES + " numbers an image, found " + probabilities);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    tensor.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }
}
