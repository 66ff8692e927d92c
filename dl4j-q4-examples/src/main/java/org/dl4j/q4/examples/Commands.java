package org.dl4j.q4.examples;

import java.io.PrintWriter;
import org.dl4j.q4.examples.model.NetworkFileException;
import picocli.CommandLine;

/** How the main program and the examples run their commands. */
final class Commands {

  private Commands() {}

  /**
   * Runs a command in this process. What fails is told in a line; with {@code Q4_STACKTRACE} in the
   * environment, its stack trace too.
   *
   * @param command an object with picocli's annotations
   * @param args its options
   * @return the exit code: 0 for success, 1 for a failure, 2 for wrong options
   */
  static int execute(Object command, String... args) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Commands::explain)
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              commandLine
                  .getErr()
                  .println(commandLine.getColorScheme().errorText("error: " + explain(failure)));
              if (System.getenv("Q4_STACKTRACE") != null) {
                failure.printStackTrace(commandLine.getErr());
              }
              return failure instanceof NetworkFileException
                  ? commandLine.getCommandSpec().exitCodeOnInvalidInput()
                  : commandLine.getCommandSpec().exitCodeOnExecutionException();
            })
        .execute(args);
  }

  /** One line rather than a page of usage below which the reason would be out of sight. */
  private static int explain(CommandLine.ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("error: " + explain(failure)));
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String explain(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
