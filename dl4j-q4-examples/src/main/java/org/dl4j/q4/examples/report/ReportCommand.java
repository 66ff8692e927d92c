package org.dl4j.q4.examples.report;

import picocli.CommandLine.Command;

/** {@code q4 report}: what follows it says of what. */
@Command(
    name = "report",
    description = "Turn the folders of training runs into tables and pictures.",
    mixinStandardHelpOptions = true,
    subcommands = {TableCommand.class, CurvesCommand.class, LevelsCommand.class, ClipCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class ReportCommand {}
