package org.dl4j.q4.benchmarks.contenders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContenderMainTest {

  private static final Contender TWO_AND_A_HALF =
      new Contender() {
        @Override
        public String description() {
          return "always 2.5";
        }

        @Override
        public double step() {
          return 2.5;
        }
      };

  private static List<String> answersTo(String requests) throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    ContenderMain.serve(
        TWO_AND_A_HALF,
        new BufferedReader(new StringReader(requests)),
        new PrintStream(answers, true, UTF_8));
    return answers.toString(UTF_8).lines().collect(Collectors.toList());
  }

  @Test
  void aNumberForEachStepUntilQuit() throws IOException {
    assertEquals(List.of("READY always 2.5", "2.5", "2.5"), answersTo("step\nstep\nquit\nstep\n"));
  }

  @Test
  void theEndOfInputEndsIt() throws IOException {
    assertEquals(List.of("READY always 2.5", "2.5"), answersTo("step\n"));
  }

  @Test
  void otherRequestsAreRefused() {
    IOException refusal = assertThrows(IOException.class, () -> answersTo("jump\n"));
    assertEquals("Expected \"step\", \"memory\" or \"quit\"; got \"jump\"", refusal.getMessage());
  }
}
