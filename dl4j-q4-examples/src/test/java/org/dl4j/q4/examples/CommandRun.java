package org.dl4j.q4.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A command run through the main program, as a user runs it. */
public final class CommandRun {

  private final int exitCode;
  private final String text;

  private CommandRun(int exitCode, String text) {
    this.exitCode = exitCode;
    this.text = text;
  }

  /**
   * @param arguments the command and its options
   * @return how it ended
   */
  public static CommandRun of(Object... arguments) {
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    PrintStream beforeErr = System.err;
    PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(captured);
    System.setErr(captured);
    try {
      int exitCode = Q4.run(texts);
      return new CommandRun(exitCode, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
      System.setErr(beforeErr);
    }
  }

  /**
   * @return the exit code
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * @return what it wrote to either stream
   */
  public String text() {
    return text;
  }
}
