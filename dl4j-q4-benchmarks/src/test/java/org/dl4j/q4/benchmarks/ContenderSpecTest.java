package org.dl4j.q4.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContenderSpecTest {

  private static final ContenderSpec SPEC = ContenderSpec.of("ours", "q4", "VggStep", "Q4");

  @TempDir private Path target;

  private Installation installation() throws IOException {
    Files.createDirectories(target.resolve("contenders").resolve("q4"));
    return new Installation(target.resolve("benchmarks.jar"));
  }

  @Test
  void runsItsClassOnItsOwnJars() throws IOException {
    List<String> command = SPEC.process(installation()).command();
    int classPath = command.indexOf("-cp") + 1;
    assertEquals(
        target.resolve("benchmarks.jar")
            + File.pathSeparator
            + target.resolve("contenders").resolve("q4").resolve("*"),
        command.get(classPath));
    assertEquals(
        List.of("org.dl4j.q4.benchmarks.contenders.VggStep", "Q4"),
        command.subList(classPath + 1, command.size()));
  }

  @Test
  void otherJarsComeBehindItsOwn() throws IOException {
    Path contenders = target.resolve("contenders");
    Files.createDirectories(contenders.resolve("onnx"));
    List<String> command = SPEC.withJars("onnx").process(installation()).command();
    assertTrue(
        command
            .get(command.indexOf("-cp") + 1)
            .endsWith(
                contenders.resolve("q4").resolve("*")
                    + File.pathSeparator
                    + contenders.resolve("onnx").resolve("*")),
        command.toString());
  }

  @Test
  void theAllocatorIsSetAsTheContenderSaysAndNotAsInherited() {
    Map<String, String> environment =
        SPEC.withEnvironment(Map.of("MALLOC_ARENA_MAX", "1"))
            .environmentOver(Map.of("MALLOC_ARENA_MAX", "4", "MALLOC_CHECK_", "3", "HOME", "/"));
    assertEquals(Map.of("MALLOC_ARENA_MAX", "1", "HOME", "/"), environment);
  }

  @Test
  void otherAllocatorsSettingsAreNotInheritedEither() {
    Map<String, String> inherited =
        Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", "THP_MEM_ALLOC_ENABLE", "1");
    assertEquals(Map.of(), SPEC.environmentOver(inherited));
  }

  @Test
  void variablesAndPropertiesAreAddedToThoseThereAre() throws IOException {
    ContenderSpec spec =
        SPEC.withEnvironment(Map.of("MALLOC_ARENA_MAX", "1"))
            .withVariable("OMP_NUM_THREADS", "2")
            .withProperty("kernels", "f32")
            .withProperty("a", "b");
    assertEquals(
        Map.of("MALLOC_ARENA_MAX", "1", "OMP_NUM_THREADS", "2"), spec.environmentOver(Map.of()));
    List<String> command = spec.process(installation()).command();
    List<String> options = command.subList(0, command.indexOf("-cp"));
    assertTrue(options.containsAll(List.of("-Dkernels=f32", "-Da=b")), options.toString());
  }

  @Test
  void missingJarsAreNamed() {
    Installation empty = new Installation(target.resolve("benchmarks.jar"));
    String message =
        assertThrows(ContenderFailedException.class, () -> SPEC.process(empty)).getMessage();
    assertTrue(message.contains("mvn -Pbenchmarks package"), message);
  }
}
