package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSet;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.layers.QuantizedLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link ConvertPublicCifarClassifier} at tiny limits. */
class ConvertPublicCifarClassifierTest {

  private static final int IMAGES = 300;

  @Test
  void trainsBothAndQuantizes(@TempDir Path drawn, @TempDir Path out) throws IOException {
    ExampleRun run =
        ExampleRun.of(
            ConvertPublicCifarClassifier::runExample,
            "--drawn",
            drawn,
            "--limit",
            IMAGES,
            "--epochs",
            2,
            "--estimate",
            2,
            "--out",
            out);

    assertEquals(0, run.exit, run::toString);
    List<Double> accuracies = run.numbers("test accuracy ([0-9.]+) %");
    assertEquals(7, accuracies.size(), run::toString);
    assertTrue(run.out.contains("layer0 (FastConvolutionLayer): Q4ConvolutionLayer"), run.out);
    ImageSet test =
        ImageData.synthetic(
                drawn,
                CifarFormat.CIFAR10,
                SyntheticImages.TRAIN_IMAGES,
                SyntheticImages.TEST_IMAGES,
                1)
            .test()
            .limit(IMAGES);
    MultiLayerNetwork q4 = MultiLayerNetwork.load(out.resolve("q4.zip").toFile(), true);
    assertTrue(q4.getLayer(0).conf().getLayer() instanceof QuantizedLayer);
    assertEquals(accuracies.get(3), VggExamplesTest.accuracy(q4, test), 0.005);
    MultiLayerNetwork fp32 = MultiLayerNetwork.load(out.resolve("fp32.zip").toFile(), true);
    assertEquals(accuracies.get(1), VggExamplesTest.accuracy(fp32, test), 0.005);
    MultiLayerNetwork tuned = MultiLayerNetwork.load(out.resolve("fine-tuned.zip").toFile(), true);
    assertEquals(accuracies.get(6), VggExamplesTest.accuracy(tuned, test), 0.005);
  }
}
