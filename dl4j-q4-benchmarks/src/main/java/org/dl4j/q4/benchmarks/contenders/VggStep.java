package org.dl4j.q4.benchmarks.contenders;

import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.dataset.DataSet;

/** One training step of the VGG that ships, with the paper's recipe: {@code fit(DataSet)}. */
public final class VggStep implements Contender {

  private final Precision precision;
  private final int batch;
  private final double width;
  private final MultiLayerNetwork network;
  private final RandomImages images;

  private VggStep(Precision precision, int batch, double width) {
    this.precision = precision;
    this.batch = batch;
    this.width = width;
    images = new RandomImages(batch);
    PaperRecipe recipe = PaperRecipe.standard();
    network =
        new MultiLayerNetwork(
            new Vgg4bit(RandomImages.CLASSES)
                .precision(precision)
                .recipe(recipe)
                .width(width)
                .configuration());
    network.init();
    network.addListeners(recipe.gradientClipping());
  }

  /**
   * @param args the precision, {@code Q4} or {@code FP32}; then, if not 128 and 1, the batch and
   *     the factor on the number of channels
   */
  public static void main(String[] args) {
    ContenderMain.run(
        () ->
            new VggStep(
                Precision.valueOf(args[0]),
                args.length > 1 ? Integer.parseInt(args[1]) : RandomImages.BATCH,
                args.length > 2 ? Double.parseDouble(args[2]) : 1));
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "training step of %d, VGG %s of %,d parameters, width %s. %s",
        batch,
        precision,
        network.numParams(),
        width,
        Kernels.describe());
  }

  @Override
  public double step() {
    DataSet minibatch = images.next();
    return Stopwatch.milliseconds(() -> network.fit(minibatch));
  }
}
