package org.dl4j.q4.benchmarks.contenders;

import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.dl4j.q4.stats.Q4StatsListener;
import org.dl4j.q4.train.PaperRecipe;
import org.nd4j.linalg.dataset.DataSet;

/** {@link VggStep} in 4 bits with a report of a {@code Q4StatsListener} in each step. */
public final class ReportedVggStep implements Contender {

  private final RandomImages images = new RandomImages(RandomImages.BATCH);
  private final MultiLayerNetwork network;
  private int layers;

  private ReportedVggStep() {
    PaperRecipe recipe = PaperRecipe.standard();
    network =
        new MultiLayerNetwork(new Vgg4bit(RandomImages.CLASSES).recipe(recipe).configuration());
    network.init();
    network.addListeners(
        recipe.gradientClipping(),
        Q4StatsListener.builder()
            .frequency(1)
            .route(report -> layers += report.layers().size())
            .build());
  }

  /**
   * @param args none
   */
  public static void main(String[] args) {
    ContenderMain.run(ReportedVggStep::new);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "training step of %d with statistics, VGG 4-bit of %,d parameters. %s",
        RandomImages.BATCH,
        network.numParams(),
        Kernels.describe());
  }

  @Override
  public double step() {
    DataSet minibatch = images.next();
    int before = layers;
    double time = Stopwatch.milliseconds(() -> network.fit(minibatch));
    if (layers == before) {
      throw new IllegalStateException("There was no report in this step");
    }
    return time;
  }
}
