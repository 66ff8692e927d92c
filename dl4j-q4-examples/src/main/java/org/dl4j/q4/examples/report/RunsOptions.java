package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which runs a report is of, and which of their figures. */
final class RunsOptions {

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "Folders of runs. Those whose options differ in the seed alone are one group, named by the"
              + " options in which the groups differ. NAME=FOLDER names the group instead.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--column",
      description = "test_acc (default), train_acc, test_loss or train_loss.")
  Column column = Column.TEST_ACC;

  /**
   * @return the groups, in the order in which their first runs were given
   * @throws IOException if a folder is no run's, or the runs do not go together
   */
  List<RunGroup> groups() throws IOException {
    List<Run> read = new ArrayList<>();
    for (String argument : runs) {
      read.add(Run.of(argument));
    }
    return RunGroups.of(read);
  }
}
