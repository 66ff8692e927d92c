package org.dl4j.q4.examples.train;

import java.io.IOException;
import java.util.Optional;
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
      if (options.resume) {
        takeOptionsOfTheRun();
      }
      options.validate();
      options.resolveDefaults();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    new TrainingRun(options, RunRecord.of(spec), spec.commandLine().getOut()).run();
    return 0;
  }

  private void takeOptionsOfTheRun() throws IOException {
    Optional<RunRecord> record = RunFolder.options(options.out);
    if (record.isPresent()) {
      spec.commandLine().parseArgs(record.get().complete(spec).toArray(new String[0]));
    }
  }
}
