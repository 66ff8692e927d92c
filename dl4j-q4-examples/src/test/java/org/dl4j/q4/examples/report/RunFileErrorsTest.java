package org.dl4j.q4.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a run's files is named by file and line. */
class RunFileErrorsTest {

  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text.replace(';', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch,test_acc;1,50;2,x | line 3: expected a number as test_acc, found 'x'",
        "epoch,test_acc;1,50;2 | line 3: expected 2 values, found 1: 2",
        "epoch,test_acc;1,50;3,51 | line 3: expected epoch 2, found 3,51",
        "epoch,test_acc;1, | line 2: expected a number as test_acc, found ''",
        "test_acc;50 | line 1: expected a column epoch, found test_acc",
        "epoch,test_acc | found no epoch",
        "'' | found no epoch"
      })
  void metrics(String text, String error) throws IOException {
    Path file = write(text);

    String message = assertThrows(IOException.class, () -> Metrics.read(file)).getMessage();

    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.endsWith(error), message);
  }

  @Test
  void namesAMissingColumn() throws IOException {
    Metrics metrics = Metrics.read(write("epoch,test_acc;1,50"));

    String message = assertThrows(IOException.class, () -> metrics.column("loss")).getMessage();

    assertTrue(message.endsWith("expected a column loss, found epoch,test_acc"), message);
  }

  @Test
  void lossesOfADivergedRunAndEmptyLevelsAreNoNumbers() throws IOException {
    Metrics metrics = Metrics.read(write("epoch,test_loss,levels_min;1,NaN,"));

    assertEquals(
        List.of(Double.NaN, Double.NaN),
        List.of(metrics.last("test_loss"), metrics.last("levels_min")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seed=1;nonsense | line 2: expected name=value, found 'nonsense'",
        "--bits=4 | expected a line --seed=N, found none",
        "--seed=x | expected a line --seed=N, found x"
      })
  void options(String text, String error) throws IOException {
    Path file = write(text);

    String message = assertThrows(IOException.class, () -> Configuration.read(file)).getMessage();

    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.endsWith(error), message);
  }
}
