package org.dl4j.q4.kernels;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native build of ND4J that this process has loaded. {@code nd4j-native} comes in several: the
 * plain one runs convolutions generically, the {@code -onednn} ones on oneDNN.
 *
 * <p>The system property {@value #PROPERTY} set to {@code false} makes the layers ignore oneDNN,
 * for comparison and for finding faults.
 */
public final class NativeBuild {

  /** Set to {@code false}, the layers stay on Deeplearning4j's own code. */
  public static final String PROPERTY = "org.dl4j.q4.onednn";

  private static final Logger log = LoggerFactory.getLogger(NativeBuild.class);
  private static final Pattern ONE_DNN =
      Pattern.compile("^HAVE_(ONEDNN|MKLDNN)\\b", Pattern.MULTILINE);

  private static final class Loaded {
    static final boolean HAS_ONE_DNN = hasOneDnn();

    private static boolean hasOneDnn() {
      String build = Nd4j.getBackend().buildInfo();
      return build != null && ONE_DNN.matcher(build).find();
    }
  }

  private NativeBuild() {}

  /**
   * @return whether the loaded native build contains oneDNN
   */
  public static boolean hasOneDnn() {
    return Loaded.HAS_ONE_DNN;
  }

  /**
   * Whether the ops of this package run on oneDNN for arrays of a type: the build has it, ND4J may
   * use it, {@value #PROPERTY} does not forbid it, and the type is FLOAT, the only one the native
   * ops hand to oneDNN.
   *
   * @param type type of the arrays
   * @return true if they do
   */
  public static boolean accelerates(DataType type) {
    return type == DataType.FLOAT
        && hasOneDnn()
        && !isSwitchedOff()
        && Nd4j.getBackend().getEnvironment().helpersAllowed();
  }

  /** Whether {@value #PROPERTY} keeps the layers on Deeplearning4j's own code. */
  static boolean isSwitchedOff() {
    return "false".equals(System.getProperty(PROPERTY, "true").toLowerCase(Locale.ROOT));
  }

  /**
   * @return one line: the native library that is loaded, and whether the layers run on oneDNN
   */
  public static String describe() {
    Nd4j.getExecutioner();
    String library =
        Loader.getLoadedLibraries().values().stream()
            .filter(path -> path.contains("nd4j-native"))
            .map(path -> path.replaceAll(".*(nd4j-native-[^/\\\\]*?)\\.jar.*", "$1"))
            .findFirst()
            .orElse(Nd4j.getBackend().getClass().getSimpleName());
    String use;
    if (accelerates(DataType.FLOAT)) {
      use = "oneDNN is used for FLOAT convolution, batch normalization and pooling";
    } else if (hasOneDnn()) {
      use = "oneDNN is in it but switched off";
    } else {
      use = "it has no oneDNN; on x86-64, put the -onednn build of nd4j-native on the classpath";
    }
    return "Native build " + library + ": " + use;
  }

  /** Writes {@link #describe()} to the log, the first time it is called in this process. */
  public static void logOnce() {
    Once.touch();
  }

  private static final class Once {
    static {
      log.info(describe());
    }

    static void touch() {}
  }
}
