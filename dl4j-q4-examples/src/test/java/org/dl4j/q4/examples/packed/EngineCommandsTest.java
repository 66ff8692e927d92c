package org.dl4j.q4.examples.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.dl4j.q4.examples.evaluate.Score;
import org.dl4j.q4.infer.InferenceEngine;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.packed.PackedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} and {@code classify} with {@code --engine}. */
class EngineCommandsTest {

  @TempDir private static Path folder;
  private static CalibratedFiles files;

  @BeforeAll
  static void export() throws IOException {
    files = new CalibratedFiles(folder);
  }

  private static List<String> evaluate(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("evaluate", "--data-dir", files.images));
    all.addAll(List.of("--test-limit", 200));
    all.addAll(List.of(arguments));
    return CalibratedFiles.run(0, all.toArray()).lines().collect(Collectors.toList());
  }

  private static double loss(List<String> lines) {
    return Double.parseDouble(lines.get(1).substring("loss ".length()));
  }

  @Test
  void evaluateSaysWhatRanAndFindsWhatTheEngineFinds() throws IOException {
    List<String> byNetwork = evaluate(files.calibrated);
    assertEquals(
        "200 test images of synthetic, on " + Kernels.current().name() + " kernels",
        byNetwork.get(0));

    List<String> floats = evaluate(files.calibrated, "--engine", "floats");
    assertTrue(
        floats
            .get(0)
            .matches(".* synthetic, on oneDNN .*, 0 of 8 layers with integers, weights packed"),
        floats::toString);
    assertEquals(loss(byNetwork), loss(floats), 1e-3);
    assertEquals(byNetwork.get(2), floats.get(2));
    assertEquals(floats, evaluate(files.zip, "--engine", "floats"));

    List<String> integers = evaluate(files.calibrated, "--engine", "integers");
    assertTrue(
        integers.get(0).matches(".* on oneDNN .*, 8 of 8 layers with integers, weights packed"),
        integers::toString);
    Score expected;
    try (InferenceEngine engine =
        InferenceEngine.builder(PackedModel.read(files.calibrated)).integers().build()) {
      expected = Score.of(engine::output, files.drawn.test().limit(200));
    }
    assertEquals(
        List.of(
            String.format(Locale.ROOT, "loss %.4f", expected.loss()),
            String.format(Locale.ROOT, "accuracy %.2f", expected.accuracy())),
        integers.subList(1, 3));
    assertEquals(loss(byNetwork), loss(integers), 0.05);
    List<String> unpacked =
        evaluate(files.calibrated, "--engine", "integers", "--weights", "unpacked");
    assertTrue(unpacked.get(0).endsWith(" 8 of 8 layers with integers, weights unpacked"));
    assertEquals(integers.subList(1, 3), unpacked.subList(1, 3));
  }

  @Test
  void classifySaysWhatRan() throws IOException {
    Path image = folder.resolve("image.png");
    assertTrue(
        ImageIO.write(
            new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile()));
    List<String> byNetwork =
        CalibratedFiles.run(0, "classify", files.calibrated, image)
            .lines()
            .collect(Collectors.toList());
    List<String> integers =
        CalibratedFiles.run(0, "classify", "--engine", "integers", files.calibrated, image)
            .lines()
            .collect(Collectors.toList());
    assertTrue(integers.get(0).matches("on oneDNN .*, 8 of 8 layers with integers, .*"));
    assertEquals(image.toString(), integers.get(1));
    assertEquals(percent(byNetwork.get(1)), percent(integers.get(2)), 3);
    CalibratedFiles.assertError(
        "found none; 'q4.jar export --calibrate'",
        "classify",
        "--engine",
        "integers",
        files.plain,
        image);
  }

  private static double percent(String line) {
    return Double.parseDouble(line.substring(0, line.indexOf('%')));
  }

  @Test
  void explainsWhatIsMissing() {
    String message =
        ": expected a packed model with ranges of activations for --engine integers, found none;"
            + " 'q4.jar export --calibrate' measures them";
    CalibratedFiles.assertError(
        files.plain + message, "evaluate", files.plain, "--engine", "integers");
    CalibratedFiles.assertError(files.zip + message, "evaluate", files.zip, "--engine", "integers");
  }

  @Test
  void weightsNeedAnEngine() {
    String text = CalibratedFiles.run(2, "evaluate", files.zip, "--weights", "packed");
    assertTrue(text.startsWith("error: --weights needs --engine; got none"), text);
  }
}
