package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models imported from Keras files convert as any network does. */
class KerasImportTest {

  private static final String OUTSIDE =
      "{\"class_name\": \"Sequential\", \"keras_version\": \"2.2.4\", \"backend\": \"tensorflow\","
          + " \"config\": {\"name\": \"model\", \"layers\": [";

  /** What every layer with weights says of each of them. */
  private static final String WEIGHTS =
      weights("kernel") + weights("recurrent") + weights("bias") + weights("embeddings");

  private static String weights(String name) {
    return "\""
        + name
        + "_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}, \""
        + name
        + "_regularizer\": null, \""
        + name
        + "_constraint\": null, ";
  }

  private static final String CONV =
      "{\"class_name\": \"Conv2D\", \"config\": {"
          + WEIGHTS
          + "\"name\": \"conv\", \"trainable\": true,"
          + " \"batch_input_shape\": [null, 8, 8, 2], \"dtype\": \"float32\", \"filters\": 4,"
          + " \"kernel_size\": [3, 3], \"strides\": [1, 1], \"padding\": \"same\","
          + " \"data_format\": \"channels_last\", \"dilation_rate\": [1, 1],"
          + " \"activation\": \"relu\", \"use_bias\": true}}";

  private static final String POOL =
      "{\"class_name\": \"MaxPooling2D\", \"config\": {\"name\": \"pool\", \"trainable\": true,"
          + " \"pool_size\": [2, 2], \"padding\": \"valid\", \"strides\": [2, 2],"
          + " \"data_format\": \"channels_last\"}}";

  private static final String FLATTEN =
      "{\"class_name\": \"Flatten\", \"config\": {\"name\": \"flatten\", \"trainable\": true,"
          + " \"data_format\": \"channels_last\"}}";

  private static final String DENSE =
      "{\"class_name\": \"Dense\", \"config\": {"
          + WEIGHTS
          + "\"name\": \"dense\", \"trainable\": true,"
          + " \"units\": 3, \"activation\": \"softmax\", \"use_bias\": true}}";

  private static final String EMBEDDING =
      "{\"class_name\": \"Embedding\", \"config\": {"
          + WEIGHTS
          + "\"name\": \"embedding\", \"trainable\": true,"
          + " \"batch_input_shape\": [null, 5], \"dtype\": \"float32\", \"input_dim\": 9,"
          + " \"output_dim\": 4, \"mask_zero\": false, \"input_length\": 5}}";

  private static final String LSTM =
      "{\"class_name\": \"LSTM\", \"config\": {"
          + WEIGHTS
          + "\"name\": \"lstm\", \"trainable\": true,"
          + " \"return_sequences\": false, \"return_state\": false, \"go_backwards\": false,"
          + " \"stateful\": false, \"unroll\": false, \"units\": 6, \"activation\": \"tanh\","
          + " \"recurrent_activation\": \"sigmoid\", \"use_bias\": true,"
          + " \"unit_forget_bias\": true, \"dropout\": 0.0, \"recurrent_dropout\": 0.0,"
          + " \"implementation\": 1}}";

  @TempDir private Path folder;

  private static String model(String... layers) {
    return OUTSIDE + String.join(", ", layers) + "]}}";
  }

  private static int[] shape(int... shape) {
    return shape;
  }

  private MultiLayerNetwork load(KerasFile keras) throws Exception {
    return KerasModelImport.importKerasSequentialModelAndWeights(
        keras.write(folder.resolve("model.h5")).toString(), false);
  }

  private static void assertConverts(MultiLayerNetwork imported, INDArray input, int swapped) {
    Conversion<MultiLayerNetwork> conversion = Q4Converter.standard().convert(imported);

    assertEquals(
        swapped,
        conversion.report().entries(Outcome.SWAPPED).size(),
        conversion.report()::toString);
    MultiLayerNetwork q4 = conversion.result();
    assertEquals(imported.params(), q4.params());
    INDArray expected =
        Q4Converter.toFullPrecision(q4, FullPrecisionWeights.QUANTIZED).result().output(input);
    assertEquals(0, expected.distance2(q4.output(input)), 1e-5);
    assertTrue(imported.output(input).distance2(q4.output(input)) > 1e-4);
  }

  @Test
  void aConvolutionalModel() throws Exception {
    MultiLayerNetwork imported =
        load(
            new KerasFile(model(CONV, POOL, FLATTEN, DENSE))
                .layer("conv", "kernel:0", shape(3, 3, 2, 4), "bias:0", shape(4))
                .layer("pool")
                .layer("flatten")
                .layer("dense", "kernel:0", shape(64, 3), "bias:0", shape(3)));

    assertConverts(
        imported, Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), 2, 8, 8, 2), 2);
  }

  @Test
  void aRecurrentModel() throws Exception {
    MultiLayerNetwork imported =
        load(
            new KerasFile(model(EMBEDDING, LSTM, DENSE))
                .layer("embedding", "embeddings:0", shape(9, 4))
                .layer(
                    "lstm",
                    "kernel:0",
                    shape(4, 24),
                    "recurrent_kernel:0",
                    shape(6, 24),
                    "bias:0",
                    shape(24))
                .layer("dense", "kernel:0", shape(6, 3), "bias:0", shape(3)));

    assertConverts(imported, Nd4j.createFromArray(new float[][] {{0, 3, 8, 1, 4}}), 3);
  }
}
