package org.dl4j.q4.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Against the jars of this test's own class path, with or without the -onednn build. */
class NativeBuildTest {

  private static final boolean ONE_DNN_JAR =
      Arrays.stream(System.getProperty("java.class.path").split("[:;]"))
          .anyMatch(jar -> jar.matches(".*nd4j-native-[^/\\\\]*-onednn[^/\\\\]*\\.jar"));

  @AfterEach
  void restore() {
    System.clearProperty(NativeBuild.PROPERTY);
    Nd4j.getBackend().getEnvironment().allowHelpers(true);
  }

  @Test
  void knowsWhetherOneDnnIsIn() {
    assertEquals(ONE_DNN_JAR, NativeBuild.hasOneDnn());
  }

  @Test
  void onlyFloatIsAccelerated() {
    assertEquals(ONE_DNN_JAR, NativeBuild.accelerates(DataType.FLOAT));
    assertFalse(NativeBuild.accelerates(DataType.DOUBLE));
    assertFalse(NativeBuild.accelerates(DataType.FLOAT16));
  }

  @Test
  void thePropertySwitchesItOff() {
    System.setProperty(NativeBuild.PROPERTY, "False");
    assertFalse(NativeBuild.accelerates(DataType.FLOAT));

    System.setProperty(NativeBuild.PROPERTY, "true");
    assertEquals(ONE_DNN_JAR, NativeBuild.accelerates(DataType.FLOAT));
  }

  @Test
  void nd4jsOwnSwitchCountsToo() {
    Nd4j.getBackend().getEnvironment().allowHelpers(false);

    assertFalse(NativeBuild.accelerates(DataType.FLOAT));
  }

  @Test
  void theDescriptionNamesTheLoadedBuild() {
    String description = NativeBuild.describe();

    assertTrue(description.startsWith("Native build nd4j-native-1."), description);
    assertEquals(ONE_DNN_JAR, description.contains("-onednn:"), description);
    assertEquals(ONE_DNN_JAR, description.contains("oneDNN is used"), description);
    assertFalse(description.contains("\n"), description);
  }

  @Test
  void theDescriptionSaysWhenOneDnnIsSwitchedOff() {
    System.setProperty(NativeBuild.PROPERTY, "false");

    String description = NativeBuild.describe();

    assertTrue(
        description.endsWith(ONE_DNN_JAR ? "switched off" : "on the classpath"), description);
  }
}
