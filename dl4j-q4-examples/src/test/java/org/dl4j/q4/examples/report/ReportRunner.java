package org.dl4j.q4.examples.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs {@code report} in this process. */
final class ReportRunner {

  private final StringWriter err = new StringWriter();

  int run(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return new CommandLine(new ReportCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(err, true))
        .execute(texts);
  }

  String err() {
    return err.toString();
  }
}
