package org.dl4j.q4.examples.profile;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code q4 profile}. */
@Command(
    name = "profile",
    description =
        "Show where the time of a training step goes, by layer and by kind of work, with the"
            + " paper's recipe on random images.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ProfileCommand implements Callable<Integer> {

  @Mixin private final ProfileOptions options = new ProfileOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try {
      options.validate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    new ProfileRun(options, spec.commandLine().getOut()).run();
    return 0;
  }
}
