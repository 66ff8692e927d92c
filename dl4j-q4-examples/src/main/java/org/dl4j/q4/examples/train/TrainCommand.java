package org.dl4j.q4.examples.train;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 train}. */
@Command(
    name = "train",
    description =
        "Train a model, by default VGG4bit at 4 bits on images drawn by this program. After each"
            + " epoch: loss, accuracy and the levels that the layers' weights use.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {

  @Mixin private final TrainOptions options = new TrainOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try {
      options.validate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    new TrainingRun(options, spec.commandLine().getOut()).run();
    return 0;
  }
}
