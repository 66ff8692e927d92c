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

/** The shortest way to the paper's network on CIFAR-10: read, configure, fit, evaluate, save. */
@Command(
    name = "TrainVggOnCifar10",
    description = "Trains VGG4bit at 4 bits on CIFAR-10, or on images of 10 classes that it draws.",
    mixinStandardHelpOptions = true)
public final class TrainVggOnCifar10 implements Callable<Integer> {

  @Mixin private final ExampleImages images = new ExampleImages();

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
    return Commands.execute(new TrainVggOnCifar10(), args);
  }

  @Override
  public Integer call() throws Exception {
    ImageData data = images.read(CifarFormat.CIFAR10);
    ImageSetIterator train =
        ImageSetIterator.training(images.train(data), 128, Normalization.CIFAR, 1);
    ImageSetIterator test =
        ImageSetIterator.evaluation(images.test(data), 250, Normalization.CIFAR);

    PaperRecipe recipe = PaperRecipe.standard();
    MultiLayerNetwork network =
        new MultiLayerNetwork(new Vgg4bit(10).recipe(recipe).width(width).configuration());
    network.init();
    network.addListeners(recipe.gradientClipping(), new ScoreIterationListener(20));

    for (int epoch = 1; epoch <= epochs; epoch++) {
      network.fit(train);
      Evaluation evaluation = network.evaluate(test);
      System.out.printf("epoch %d: test accuracy %.2f %%%n", epoch, 100 * evaluation.accuracy());
    }
    if (save != null) {
      NetworkFiles.save(network, save);
    }
    return 0;
  }
}
