package org.dl4j.q4.examples.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.examples.CommandRun;
import org.dl4j.q4.examples.data.CifarFormat;
import org.dl4j.q4.examples.data.ImageData;
import org.dl4j.q4.examples.data.SyntheticImages;
import org.dl4j.q4.examples.model.Vgg4bit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A narrow network, saved, packed, and packed with ranges of activations; and drawn images. */
final class CalibratedFiles {

  /** More than a batch of 250. */
  static final int IMAGES = 260;

  final Path images;
  final Path zip;
  final Path plain;
  final Path calibrated;
  final MultiLayerNetwork network;
  final ImageData drawn;

  /** What the command said. */
  final String report;

  CalibratedFiles(Path folder) throws IOException {
    images = folder.resolve("images");
    drawn =
        ImageData.synthetic(
            images,
            CifarFormat.CIFAR10,
            SyntheticImages.TRAIN_IMAGES,
            SyntheticImages.TEST_IMAGES,
            1);
    zip = folder.resolve("model.zip");
    plain = folder.resolve("plain.q4");
    calibrated = folder.resolve("calibrated.q4");
    network = new MultiLayerNetwork(new Vgg4bit(10).width(0.1).configuration());
    network.init();
    network.feedForward(Nd4j.rand(DataType.FLOAT, 8, 3, 32, 32), true); // batch norm's statistics
    network.save(zip.toFile(), false);
    run(0, "export", "--in", zip, "--out", plain, "--data", "synthetic");
    report = export(zip, calibrated, IMAGES);
  }

  String export(Path in, Path out, int count) {
    return run(
        0,
        "export",
        "--in",
        in,
        "--out",
        out,
        "--data",
        "synthetic",
        "--data-dir",
        images,
        "--calibrate",
        count);
  }

  static String run(int exit, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(exit, run.exitCode(), run::text);
    return run.text();
  }

  static void assertError(String part, Object... arguments) {
    String text = run(2, arguments).strip();
    assertTrue(text.startsWith("error: ") && text.contains(part), text);
    assertEquals(1, text.lines().count(), text);
  }
}
