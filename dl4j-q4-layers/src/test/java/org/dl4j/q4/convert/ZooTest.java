package org.dl4j.q4.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.AlexNet;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.FaceNetNN4Small2;
import org.deeplearning4j.zoo.model.InceptionResNetV1;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.NASNet;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SimpleCNN;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.TextGenerationLSTM;
import org.deeplearning4j.zoo.model.TinyYOLO;
import org.deeplearning4j.zoo.model.UNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.VGG19;
import org.deeplearning4j.zoo.model.Xception;
import org.deeplearning4j.zoo.model.YOLO2;
import org.dl4j.q4.convert.ConversionReport.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks that nobody made for this: those of deeplearning4j-zoo, converted, trained for a step,
 * saved and loaded. The large ones run by {@code mvn test -Dtest.excluded= -Dgroups=large}.
 */
class ZooTest {

  private static final int CLASSES = 10;

  /** A model, and the shape of what goes into it, but for the batch. */
  private static final class Case {
    private final ZooModel<?> model;
    private final long[] input;
    private boolean hasLoss = true;
    private boolean staysFinite = true;

    Case(ZooModel<?> model, long... input) {
      this.model = model;
      this.input = input;
    }

    /** The model has no output layer, and cannot be trained as it is. */
    Case withoutLoss() {
      this.hasLoss = false;
      return this;
    }

    /** As in the stock network, the initial weights' activations overflow in inference. */
    Case overflowing() {
      this.staysFinite = false;
      return this;
    }

    INDArray input() {
      long[] shape = new long[input.length + 1];
      shape[0] = 2;
      System.arraycopy(input, 0, shape, 1, input.length);
      return random(shape);
    }

    @Override
    public String toString() {
      return model.getClass().getSimpleName();
    }
  }

  static Stream<Case> small() {
    return Stream.of(
        new Case(LeNet.builder().numClasses(CLASSES).build(), 1, 28, 28),
        new Case(SimpleCNN.builder().numClasses(CLASSES).build(), 3, 48, 48).withoutLoss(),
        new Case(
            TextGenerationLSTM.builder()
                .totalUniqueCharacters(20)
                .inputShape(new int[] {30, 20})
                .build(),
            20,
            30));
  }

  static Stream<Case> large() {
    return Stream.of(
        new Case(SqueezeNet.builder().numClasses(CLASSES).build(), 3, 227, 227),
        new Case(AlexNet.builder().numClasses(CLASSES).build(), 3, 224, 224),
        new Case(VGG16.builder().numClasses(CLASSES).build(), 3, 224, 224),
        new Case(VGG19.builder().numClasses(CLASSES).build(), 3, 224, 224),
        new Case(ResNet50.builder().numClasses(CLASSES).build(), 3, 224, 224).overflowing(),
        new Case(Darknet19.builder().numClasses(CLASSES).build(), 3, 224, 224),
        new Case(TinyYOLO.builder().numClasses(CLASSES).build(), 3, 416, 416),
        new Case(YOLO2.builder().numClasses(CLASSES).build(), 3, 608, 608),
        new Case(UNet.builder().build(), 3, 512, 512),
        new Case(Xception.builder().numClasses(CLASSES).build(), 3, 299, 299),
        new Case(InceptionResNetV1.builder().numClasses(CLASSES).build(), 3, 160, 160),
        new Case(FaceNetNN4Small2.builder().numClasses(CLASSES).build(), 3, 96, 96));
  }

  private static INDArray random(long... shape) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), shape).castTo(DataType.FLOAT);
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("small")
  void convertsTrainsAndIsSaved(Case zoo) throws IOException {
    check(zoo);
  }

  @Tag("large")
  @ParameterizedTest
  @MethodSource("large")
  void theLargeOnesToo(Case zoo) throws IOException {
    check(zoo);
  }

  /** Deeplearning4j's own; the day that it works, it belongs among the large ones. */
  @Test
  void nasNetDoesNotInitialize() {
    assertThrows(IllegalArgumentException.class, () -> NASNet.builder().build().init());
  }

  private void check(Case zoo) throws IOException {
    Model stock = zoo.model.init();
    Conversion<? extends Model> conversion = Q4Converter.standard().convert(stock);
    Model q4 = conversion.result();
    ConversionReport report = conversion.report();
    NetworkSummary summary = NetworkSummary.of(q4);
    assertTrue(!report.entries(Outcome.SWAPPED).isEmpty(), report::toString);
    assertTrue(
        report.entries(Outcome.UNSUPPORTED).stream()
            .allMatch(entry -> entry.type().equals("BatchNormalization")),
        report::toString);
    INDArray features = zoo.input();
    INDArray labels = labels(q4, output(q4, features));
    INDArray before = q4.params().dup();
    if (zoo.hasLoss) {
      fit(q4, features, labels);
      assertTrue(Double.isFinite(q4.score()), () -> zoo + " has a loss of " + q4.score());
      assertTrue(before.distance2(q4.params()) > 0, () -> zoo + " did not move");
    } else {
      assertThrows(DL4JException.class, () -> fit(stock, features, labels));
    }
    if (!zoo.staysFinite) {
      assertTrue(output(stock, features).isNaN().any(), () -> zoo + " stays finite");
      q4.setParams(before);
      BatchNormEstimation.estimate(
          (ComputationGraph) q4, new SingletonDataSetIterator(new DataSet(features, labels)), 1);
    }
    INDArray expected = output(q4, features);
    assertFalse(expected.isNaN().any(), zoo::toString);
    File file = folder.resolve("q4.zip").toFile();
    ModelSerializer.writeModel(q4, file, true);
    Model loaded =
        stock instanceof MultiLayerNetwork
            ? MultiLayerNetwork.load(file, true)
            : ComputationGraph.load(file, true);
    assertEquals(expected, output(loaded, features));
    System.out.println(
        String.join(
            " | ",
            "| " + zoo,
            report.entries(Outcome.SWAPPED).size() + " of " + report.entries().size(),
            report.entries(Outcome.UNSUPPORTED).size() + " left",
            summary.quantizedParameters() + " of " + summary.parameters(),
            summary.floatBytes() + "",
            summary.packedBytes() + "",
            Arrays.toString(features.shape()) + " |"));
  }

  /** Random numbers in the place of classes; for YOLO, an object in each image. */
  private static INDArray labels(Model network, INDArray output) {
    if (!(network instanceof ComputationGraph)
        || !(((ComputationGraph) network).getOutputLayer(0) instanceof Yolo2OutputLayer)) {
      return random(output.shape());
    }
    INDArray labels =
        Nd4j.zeros(DataType.FLOAT, output.size(0), 4 + CLASSES, output.size(2), output.size(3));
    for (long i = 0; i < output.size(0); i++) {
      double[] corners = {2.2, 3.1, 4.9, 4.5}; // x1, y1, x2, y2 in cells; the centre is in (3, 3)
      for (int j = 0; j < corners.length; j++) {
        labels.putScalar(new long[] {i, j, 3, 3}, corners[j]);
      }
      labels.putScalar(new long[] {i, 4 + i, 3, 3}, 1);
    }
    return labels;
  }

  private static INDArray output(Model network, INDArray features) {
    return network instanceof MultiLayerNetwork
        ? ((MultiLayerNetwork) network).output(features)
        : ((ComputationGraph) network).outputSingle(features);
  }

  private static void fit(Model network, INDArray features, INDArray labels) {
    if (network instanceof MultiLayerNetwork) {
      ((MultiLayerNetwork) network).fit(features, labels);
    } else {
      ((ComputationGraph) network).fit(new INDArray[] {features}, new INDArray[] {labels});
    }
  }
}
