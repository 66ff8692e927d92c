package org.dl4j.q4.examples.profile;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.nio.file.Path;
import org.dl4j.q4.examples.model.ModelName;
import org.dl4j.q4.examples.model.ModelOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code profile}, checked by {@link #validate()}. */
final class ProfileOptions {

  @Mixin final ModelOptions model = new ModelOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps to measure, and as many plain ones beside them: 20 by default.")
  int steps = 20;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Steps of either kind before them: 8 by default.")
  int warmUp = 8;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the tables to this file, too; one that is there is replaced.")
  Path csv;

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  void validate() {
    model.validate();
    require(
        model.model() == ModelName.VGG,
        "--model must be vgg: profile looks into a MultiLayerNetwork",
        model.model());
    require(steps >= 1, "--steps must be at least 1", steps);
    require(warmUp >= 0, "--warm-up must be 0 or more", warmUp);
  }
}
