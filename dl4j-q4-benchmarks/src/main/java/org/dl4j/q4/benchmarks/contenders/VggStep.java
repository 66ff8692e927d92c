package org.dl4j.q4.benchmarks.contenders;

import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.Precision;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.kernels.NativeBuild;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.dataset.DataSet;

/** One training step of the VGG that ships, with the paper's recipe: {@code fit(DataSet)}. */
public final class VggStep implements Contender {

  private final Precision precision;
  private final MultiLayerNetwork network;
  private final RandomImages images = new RandomImages();

  private VggStep(Precision precision) {
    this.precision = precision;
    PaperRecipe recipe = PaperRecipe.standard();
    network =
        new MultiLayerNetwork(
            new Vgg4bit(RandomImages.CLASSES).precision(precision).recipe(recipe).configuration());
    network.init();
    network.addListeners(recipe.gradientClipping());
  }

  /**
   * @param args the precision, {@code Q4} or {@code FP32}
   */
  public static void main(String[] args) {
    ContenderMain.run(() -> new VggStep(Precision.valueOf(args[0])));
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "VGG %s of %,d parameters; %s. %s",
        precision,
        network.numParams(),
        Jars.named("dl4j-q4-layers|deeplearning4j-nn"),
        NativeBuild.describe());
  }

  @Override
  public double step() {
    DataSet batch = images.next();
    return Stopwatch.milliseconds(() -> network.fit(batch));
  }
}
