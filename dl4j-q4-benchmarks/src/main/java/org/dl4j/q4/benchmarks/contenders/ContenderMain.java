package org.dl4j.q4.benchmarks.contenders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.concurrent.Callable;

/**
 * Serves a contender to the process that started this one, line by line:
 *
 * <pre>
 *   parent       contender
 *                READY description
 *   step         812.417
 *   step         809.022
 *   memory       1183.25
 *   quit         (exits)
 * </pre>
 *
 * <p>While it waits for the next line it does nothing, so that the other side has the machine to
 * itself. The end of input counts as {@code quit}: a parent that dies takes its contenders along.
 */
public final class ContenderMain {

  /** First word of the line that says that the contender can step. */
  public static final String READY = "READY";

  /** Asks for one step. */
  public static final String STEP = "step";

  /** Asks for the most memory that the process ever had, in MB. */
  public static final String MEMORY = "memory";

  /** Asks the contender to end. */
  public static final String QUIT = "quit";

  private ContenderMain() {}

  /**
   * The whole life of a contender's process. Does not return: native libraries leave threads behind
   * that would keep the process alive.
   *
   * @param factory creates the contender; called once
   */
  @SuppressWarnings("CatchAndPrintStackTrace") // the parent shows it
  public static void run(Callable<? extends Contender> factory) {
    PrintStream protocol = System.out;
    System.setOut(System.err); // whatever the libraries print is no answer
    int exitCode = 0;
    try (Contender contender = factory.call()) {
      serve(contender, new BufferedReader(new InputStreamReader(System.in, UTF_8)), protocol);
    } catch (Throwable failure) {
      failure.printStackTrace();
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  static void serve(Contender contender, BufferedReader requests, PrintStream answers)
      throws IOException {
    answer(answers, READY + " " + contender.description());
    String request = requests.readLine();
    while (request != null && !request.equals(QUIT)) {
      answer(answers, Double.toString(answer(contender, request)));
      request = requests.readLine();
    }
  }

  private static double answer(Contender contender, String request) throws IOException {
    switch (request) {
      case STEP:
        return contender.step();
      case MEMORY:
        return PeakMemory.megabytes();
      default:
        throw new IOException("Expected \"step\", \"memory\" or \"quit\"; got \"" + request + "\"");
    }
  }

  private static void answer(PrintStream answers, String line) {
    answers.println(line);
    answers.flush();
  }
}
