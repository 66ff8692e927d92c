package org.dl4j.q4.examples;

import org.dl4j.q4.examples.convert.ConvertCommand;
import org.dl4j.q4.examples.convert.SummaryCommand;
import org.dl4j.q4.examples.evaluate.EvaluateCommand;
import org.dl4j.q4.examples.export.ExportOnnxCommand;
import org.dl4j.q4.examples.monitor.MonitorCommand;
import org.dl4j.q4.examples.packed.ClassifyCommand;
import org.dl4j.q4.examples.packed.ExportCommand;
import org.dl4j.q4.examples.packed.InspectCommand;
import org.dl4j.q4.examples.profile.ProfileCommand;
import org.dl4j.q4.examples.report.ReportCommand;
import org.dl4j.q4.examples.train.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main program: {@code java -jar q4.jar COMMAND}. */
@Command(
    name = "q4",
    description = "4-bit training of neural networks on the JVM.",
    mixinStandardHelpOptions = true,
    version = "dl4j-q4 0.1.0-SNAPSHOT",
    subcommands = {
      TrainCommand.class,
      MonitorCommand.class,
      ProfileCommand.class,
      EvaluateCommand.class,
      ConvertCommand.class,
      SummaryCommand.class,
      ExportCommand.class,
      InspectCommand.class,
      ClassifyCommand.class,
      ExportOnnxCommand.class,
      ReportCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Q4 {

  private Q4() {}

  /**
   * @param args a command and its options; {@code --help} lists them
   */
  public static void main(String[] args) {
    NativeAllocator.restartTuned();
    System.exit(run(args));
  }

  /**
   * Runs a command in this process.
   *
   * @param args a command and its options
   * @return the exit code: 0 for success, 1 for a failure, 2 for wrong options
   */
  public static int run(String... args) {
    return Commands.execute(new Q4(), args);
  }
}
