package org.dl4j.q4.examples;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.ImageSetIterator;
import org.dl4j.q4.examples.data.Normalization;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.evaluation.classification.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The paper's network on CIFAR-100, with its 100 fine labels or its 20 coarse ones. What differs
 * from {@link TrainVggOnCifar10} is the format and the number of classes.
 */
@Command(
    name = "TrainVggOnCifar100",
    description =
        "Trains VGG4bit at 4 bits on CIFAR-100, or on images of as many classes that it draws.",
    mixinStandardHelpOptions = true)
public final class TrainVggOnCifar100 implements Callable<Integer> {

  @Mixin private final ExampleImages images = new ExampleImages();

  @Option(names = "--coarse", description = "The 20 coarse labels instead of the 100 fine ones.")
  private boolean coarse;

  @Option(names = "--epochs", description = "Passes over the images: ${DEFAULT-VALUE} by default.")
  private int epochs = 6;

  @Option(names = "--width", description = "Factor on the channels: ${DEFAULT-VALUE} by default.")
  private double width = 1;

  @Option(names = "--save", paramLabel = "FILE", description = "File for the trained network.")
  private Path save;

  /**
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(runExample(args));
  }

  static int runExample(String... args) {
    return Commands.execute(new TrainVggOnCifar100(), args);
  }

  @Override
  public Integer call() throws Exception {
    CifarFormat format = coarse ? CifarFormat.CIFAR100_COARSE : CifarFormat.CIFAR100_FINE;
    ImageData data = images.read(format);
    ImageSetIterator train =
        ImageSetIterator.training(images.train(data), 128, Normalization.CIFAR, 1);
    ImageSetIterator test =
        ImageSetIterator.evaluation(images.test(data), 250, Normalization.CIFAR);

    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new Vgg4bit(format.classCount()).recipe(recipe).width(width).configuration());
    network.init();
    network.addListeners(recipe.gradientClipping(), new ScoreIterationListener(20));

    for (int epoch = 1; epoch <= epochs; epoch++) {
      network.fit(train);
      Evaluation evaluation = network.evaluate(test, test.getLabels(), 5);
      System.out.printf(
          "epoch %d: test accuracy %.2f %%, right class among the five likeliest %.2f %%%n",
          epoch, 100 * evaluation.accuracy(), 100 * evaluation.topNAccuracy());
    }
    if (save != null) {
      NetworkFiles.save(network, save);
    }
    return 0;
  }
}
