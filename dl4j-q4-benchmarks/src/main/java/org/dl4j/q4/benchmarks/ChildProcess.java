package org.dl4j.q4.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.dl4j.q4.benchmarks.contenders.ContenderMain;

/**
 * A contender's process as its parent sees it; the protocol is {@link ContenderMain}'s. What the
 * process writes to its standard error is kept, and shown if it fails.
 */
final class ChildProcess implements AutoCloseable {

  private static final int LOG_LINES = 30;
  private static final int SECONDS_TO_END = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final BufferedReader answers;
  private final Writer requests;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.requests = new OutputStreamWriter(process.getOutputStream(), UTF_8);
  }

  /**
   * @param name what to call it in messages
   * @param builder the process
   * @return the process, started
   * @throws IOException if it cannot be started
   */
  static ChildProcess start(String name, ProcessBuilder builder) throws IOException {
    Path log = Files.createTempFile("contender-", ".log");
    try {
      return new ChildProcess(name, builder.redirectError(log.toFile()).start(), log);
    } catch (IOException e) {
      Files.delete(log);
      throw e;
    }
  }

  /**
   * Waits until the contender can step. To be called once, before the first step.
   *
   * @return what it says of itself
   * @throws IOException if it cannot be spoken to
   * @throws ContenderFailedException if it fails
   */
  String awaitReady() throws IOException {
    String answer = answer();
    if (!answer.startsWith(ContenderMain.READY)) {
      throw unexpected(answer);
    }
    return answer.substring(ContenderMain.READY.length()).strip();
  }

  /**
   * @return cost of one step
   * @throws IOException if the contender cannot be spoken to
   * @throws ContenderFailedException if it fails
   */
  double step() throws IOException {
    return number(ContenderMain.STEP);
  }

  /**
   * @return the most memory it ever had, in MB
   * @throws IOException if the contender cannot be spoken to
   * @throws ContenderFailedException if it fails
   */
  double peakMemory() throws IOException {
    return number(ContenderMain.MEMORY);
  }

  private double number(String question) throws IOException {
    try {
      request(question);
    } catch (IOException e) { // nobody reads it
      throw ended();
    }
    String answer = answer();
    try {
      return Double.parseDouble(answer);
    } catch (NumberFormatException e) {
      throw unexpected(answer);
    }
  }

  private void request(String line) throws IOException {
    requests.write(line + "\n");
    requests.flush();
  }

  private String answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw ended();
    }
    return answer;
  }

  private ContenderFailedException ended() throws IOException {
    String end =
        hasEnded()
            ? " ended with exit code " + process.exitValue()
            : " speaks no more, but has not ended";
    return new ContenderFailedException(name + end + logTail());
  }

  private ContenderFailedException unexpected(String answer) throws IOException {
    return new ContenderFailedException(
        name + " gave an answer that is not in the protocol: \"" + answer + "\"" + logTail());
  }

  private String logTail() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), UTF_8).lines().collect(Collectors.toList());
    if (lines.isEmpty()) {
      return ". It wrote nothing to its standard error.";
    }
    return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).stream()
        .collect(Collectors.joining("\n  ", ". The end of its standard error:\n  ", ""));
  }

  /** Waits a while for it. */
  private boolean hasEnded() {
    try {
      return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks the contender to end, and ends it if it does not. */
  @Override
  public void close() throws IOException {
    try {
      request(ContenderMain.QUIT);
    } catch (IOException e) {
      // It has ended already.
    }
    if (!hasEnded()) {
      process.destroyForcibly();
    }
    Files.deleteIfExists(log);
  }
}
