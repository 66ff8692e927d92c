package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.layers.FastBatchNormalization;
import org.dl4j.q4.layers.FastDenseLayer;
import org.dl4j.q4.layers.FastSubsamplingLayer;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Training steps do not let the process grow. */
class NativeMemoryTest {

  private static final Path STATUS = Paths.get("/proc/self/status");
  private static final long MEGABYTE = 1 << 20;

  private static final int SIZE = 8;

  /**
   * What the JVM still compiles and loads takes some 20 megabytes. An image tensor of this network
   * has 128 kilobytes at least: one lost per step would be 190 megabytes.
   */
  private static final long ALLOWED = 64 * MEGABYTE;

  @BeforeAll
  static void onlyWithOneDnnOnLinux() {
    Available.assumeOneDnn();
    assumeTrue(Files.isReadable(STATUS), "the size of a process is read from " + STATUS);
  }

  @Test
  void twoBatchSizesInTurnsForTwoThousandSteps() throws Exception {
    MultiLayerNetwork network = network();
    DataSet[] data = {data(40), data(32)};
    fit(network, data, 500);
    long residentBefore = resident();
    long allocatedBefore = Pointer.totalBytes();
    fit(network, data, 1500);
    long grown = resident() - residentBefore;
    long allocated = Pointer.totalBytes() - allocatedBefore;

    assertTrue(grown < ALLOWED, "the process has grown by " + grown + " bytes");
    assertTrue(allocated < MEGABYTE, "JavaCPP holds " + allocated + " bytes more");
  }

  private static MultiLayerNetwork network() {
    String before = System.getProperty(Kernels.PROPERTY);
    System.setProperty(Kernels.PROPERTY, "f32");
    try {
      MultiLayerNetwork network =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .updater(new Sgd(0.01))
                  .list(
                      new Q4ConvolutionLayer.Builder(3, 3)
                          .padding(1, 1)
                          .nOut(16)
                          .activation(Activation.IDENTITY)
                          .build(),
                      new FastBatchNormalization.Builder().relu(true).build(),
                      new FastSubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                      new FastDenseLayer.Builder().nOut(8).activation(Activation.RELU).build(),
                      new OutputLayer.Builder(LossFunction.MCXENT)
                          .nOut(2)
                          .activation(Activation.SOFTMAX)
                          .build())
                  .setInputType(InputType.convolutional(SIZE, SIZE, 3))
                  .build());
      network.init();
      return network;
    } finally {
      if (before == null) {
        System.clearProperty(Kernels.PROPERTY);
      } else {
        System.setProperty(Kernels.PROPERTY, before);
      }
    }
  }

  private static void fit(MultiLayerNetwork network, DataSet[] data, int steps) {
    for (int step = 0; step < steps; step++) {
      network.fit(data[step % data.length]);
      if (step % 100 == 0) {
        // Deeplearning4j leaves arrays to the garbage collector, which nothing else would start.
        System.gc();
      }
    }
  }

  private static DataSet data(int batch) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, 2);
    labels.getColumn(0).assign(1);
    return new DataSet(Nd4j.rand(DataType.FLOAT, batch, 3, SIZE, SIZE), labels);
  }

  /** VmRSS, after the garbage collector has given back what it can. */
  private static long resident() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    }
  }
}
