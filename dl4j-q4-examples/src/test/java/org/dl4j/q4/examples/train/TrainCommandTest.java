package org.dl4j.q4.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.common.resources.DL4JResources;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.cache.Archives;
import org.dl4j.q4.layers.Q4ConvolutionLayer;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.ScaleMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code train} as a user runs it, on a narrow network and a few images. */
class TrainCommandTest {

  private static final String[] TINY = {
    "--epochs", "2", "--train-limit", "100", "--test-limit", "50", "--batch", "25", "--width", "0.1"
  };

  @TempDir private static Path shared;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int train(Path folder, String... more) {
    CommandLine commandLine =
        new CommandLine(new TrainCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] where = {
      "--out", folder.toString(), "--data-dir", shared.resolve("synthetic").toString()
    };
    String[] all = new String[TINY.length + where.length + more.length];
    System.arraycopy(TINY, 0, all, 0, TINY.length);
    System.arraycopy(where, 0, all, TINY.length, where.length);
    System.arraycopy(more, 0, all, TINY.length + where.length, more.length);
    return commandLine.setOverwrittenOptionsAllowed(true).execute(all);
  }

  private static List<String> metrics(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv"));
  }

  @Test
  void writesMetricsAndCheckpoints(@TempDir Path folder) throws IOException {
    assertEquals(0, train(folder), err::toString);

    List<String> rows = metrics(folder);
    assertEquals(
        "epoch,lr,train_loss,train_acc,test_loss,test_acc,"
            + "levels_min,levels_max,levels_avg,seconds",
        rows.get(0));
    assertEquals(3, rows.size());
    String[] first = rows.get(1).split(",", -1);
    assertEquals("1", first[0]);
    assertEquals("0.00100000", first[1]);
    assertTrue(Double.parseDouble(first[2]) > 0.5, rows::toString);
    assertTrue(Integer.parseInt(first[6]) >= 1 && Integer.parseInt(first[7]) <= 15);
    assertEquals(1e-3 * (1 + Math.cos(Math.PI / 100)) / 2, number(rows, 2, 1), 5e-9);

    String text = out.toString();
    assertTrue(text.contains("100 training images, 50 test images, 10 classes"), text);
    assertTrue(text.contains("trainable parameters"), text);

    MultiLayerNetwork last = MultiLayerNetwork.load(folder.resolve("last.zip").toFile(), true);
    assertEquals(8, last.getIterationCount());
    assertEquals(2, last.getEpochCount());
    assertTrue(Files.exists(folder.resolve("best.zip")));
    assertArrayEquals(new String[0], folder.toFile().list((dir, name) -> name.endsWith(".part")));
  }

  private static double number(List<String> rows, int row, int column) {
    return Double.parseDouble(rows.get(row).split(",", -1)[column]);
  }

  /** Same seed, same figures; the twin sees the same data and differs. */
  @Test
  void isReproducibleAndHasATwin(@TempDir Path folder) throws IOException {
    train(folder.resolve("a"));
    train(folder.resolve("b"));
    train(folder.resolve("fp32"), "--precision", "fp32");

    String withoutSeconds = "^(.*),[^,]*$";
    for (int row = 1; row <= 2; row++) {
      assertEquals(
          metrics(folder.resolve("a")).get(row).replaceAll(withoutSeconds, "$1"),
          metrics(folder.resolve("b")).get(row).replaceAll(withoutSeconds, "$1"));
    }
    List<String> twin = metrics(folder.resolve("fp32"));
    assertFalse(twin.get(1).equals(metrics(folder.resolve("a")).get(1)));
    assertTrue(twin.get(1).matches(".*,,,,[0-9.]+"), "no levels at full precision: " + twin);
  }

  @Test
  void optionsReachTheNetwork(@TempDir Path folder) throws IOException {
    int exit =
        train(
            folder,
            "--bits",
            "3",
            "--granularity",
            "channel",
            "--scale",
            "fixed",
            "--alpha",
            "0.5",
            "--recipe",
            "fast",
            "--lr",
            "0.01",
            "--validation",
            "0.5",
            "--grad-clip",
            "0",
            "--weight-decay",
            "0",
            "--dropout",
            "0.3");

    assertEquals(0, exit, err::toString);
    assertTrue(out.toString().contains("50 validation images"), out::toString);
    assertTrue(out.toString().contains("  validation loss "), out::toString);
    assertTrue(out.toString().contains("best validation accuracy"), out::toString);
    assertEquals(0.001, number(metrics(folder), 1, 1), 1e-12); // a tenth of --lr at the start
    File last = folder.resolve("last.zip").toFile();
    MultiLayerNetwork network = MultiLayerNetwork.load(last, false);
    Dropout dropout = (Dropout) network.getOutputLayer().conf().getLayer().getIDropout();
    assertEquals(0.7, dropout.getP(), 1e-12); // DL4J: probability of keeping
    Q4ConvolutionLayer conv = (Q4ConvolutionLayer) network.getLayer(0).conf().getLayer();
    assertEquals(3, conv.getQuantization().getBits());
    assertEquals(Granularity.PER_CHANNEL, conv.getQuantization().getGranularity());
    assertEquals(ScaleMode.FIXED, conv.getQuantization().getScaleMode());
    assertEquals(0.5, conv.getQuantization().getSoftClip());
    assertTrue(conv.getRegularization().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "vgg, paper, 0.001, 5.0E-4, 0.5, 0.0, 0",
    "vgg, fast, 0.003, 0.05, 0.2, 0.1, 8",
    "resnet, fast, 0.003, 0.05, , 0.1, 8"
  })
  void aRecipeSetsWhatIsNotGiven(
      String model,
      String recipe,
      String learningRate,
      String weightDecay,
      String dropout,
      String labelSmoothing,
      String cutout,
      @TempDir Path folder)
      throws IOException {
    int exit = train(folder, "--model", model, "--recipe", recipe, "--epochs", "1");

    assertEquals(0, exit, err::toString);
    List<String> options = Files.readAllLines(folder.resolve("options.txt"));
    assertTrue(options.contains("--lr=" + learningRate), options::toString);
    assertTrue(options.contains("--weight-decay=" + weightDecay), options::toString);
    assertTrue(options.contains("--label-smoothing=" + labelSmoothing), options::toString);
    assertTrue(options.contains("--cutout=" + cutout), options::toString);
    assertEquals(
        dropout == null ? List.of() : List.of("--dropout=" + dropout),
        options.stream().filter(o -> o.startsWith("--dropout")).collect(Collectors.toList()));
  }

  @Test
  void aRecipeSetsTheEpochs() {
    TrainOptions options = new TrainOptions();
    new CommandLine(options).parseArgs("--data=CIFAR10");
    assertEquals(150, options.epochs());
    options.recipe = RecipeName.FAST;
    assertEquals(20, options.epochs());
  }

  @Test
  void refusesDropoutWhereThereIsNone(@TempDir Path folder) {
    assertEquals(2, train(folder, "--model", "resnet", "--dropout", "0.1"));

    assertTrue(err.toString().contains("--dropout needs --model vgg"), err::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0",
    "--batch, 1",
    "--lr, -1",
    "--bits, 9",
    "--alpha, -3",
    "--grad-clip, -1",
    "--weight-decay, -1",
    "--validation, 1",
    "--width, 0",
    "--dropout, 1",
    "--train-limit, 0",
    "--cutout, 33",
    "--test-limit, -5",
    "--precision, q5"
  })
  void refusesAnOptionAndSaysWhich(String option, String value, @TempDir Path folder) {
    assertEquals(2, train(folder, option, value));

    assertTrue(err.toString().contains(option), err::toString);
    assertFalse(Files.exists(folder.resolve("metrics.csv")));
  }

  /** CIFAR-100 from an archive in its published layout, with either kind of label. */
  @ParameterizedTest
  @CsvSource({"100, --batch=25", "20, --coarse"})
  void trainsOnAnArchiveOfCifar100(int classes, String option, @TempDir Path folder)
      throws IOException {
    File before = DL4JResources.getBaseDirectory();
    DL4JResources.setBaseDirectory(folder.toFile());
    try {
      Path archive = folder.resolve("mine.tar.gz");
      Files.write(archive, Archives.synthetic(folder, CifarFormat.CIFAR100_FINE, 100, 100, 1));

      int exit =
          train(
              folder,
              "--data",
              "cifar100",
              "--data-dir",
              archive.toString(),
              "--test-limit=100",
              option);

      assertEquals(0, exit, err::toString);
    } finally {
      DL4JResources.setBaseDirectory(before);
    }
    assertTrue(
        out.toString().contains("100 training images, 100 test images, " + classes + " classes"),
        out::toString);
    File last = folder.resolve("last.zip").toFile();
    BaseOutputLayer output =
        (BaseOutputLayer) MultiLayerNetwork.load(last, false).getOutputLayer().conf().getLayer();
    assertEquals(classes, output.getNOut());
  }

  @ParameterizedTest
  @CsvSource({"100, --batch=25", "20, --coarse"})
  void trainsOnDrawnImagesOfManyClasses(int classes, String option, @TempDir Path folder) {
    assertEquals(
        0, train(folder, "--data", "synthetic100", "--test-limit=100", option), err::toString);

    assertTrue(
        out.toString().contains("100 training images, 100 test images, " + classes + " classes"),
        out::toString);
  }

  @Test
  void keepsAnEarlierRun(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("metrics.csv"), "precious");

    assertEquals(1, train(folder));

    assertEquals("precious", Files.readString(folder.resolve("metrics.csv")));
    assertTrue(err.toString().contains("earlier run"), err::toString);
  }
}
