package org.dl4j.q4.benchmarks.contenders;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * PyTorch's automatic mixed precision on the CPU, {@code torch.autocast("cpu", torch.bfloat16)}.
 * Neither DJL nor the presets have it, but libtorch exports {@code at::autocast}: it is called by
 * its symbols, in the library that this process has loaded.
 *
 * <p>It holds for the thread that calls it. As in Python, where the region ends the cast weights
 * that it kept are dropped: the next step casts the new ones.
 */
final class Autocast {

  private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
  private static final String LIBRARY = "libtorch_cpu.so";

  // Bytes, for JNA passes true as -1, which is no C++ bool.
  private static final byte TRUE = 1;
  private static final byte FALSE = 0;
  private static final byte CPU = 0; // c10::DeviceType::CPU
  private static final byte BFLOAT16 = 15; // c10::ScalarType::BFloat16

  private static final Function ENABLE;
  private static final Function CLEAR_CACHE;

  static {
    NativeLibrary library = NativeLibrary.getInstance(loaded());
    ENABLE = library.getFunction("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb");
    CLEAR_CACHE = library.getFunction("_ZN2at8autocast11clear_cacheEv");
    call(
        library.getFunction(
            "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE"),
        CPU,
        BFLOAT16);
  }

  private Autocast() {}

  private static String loaded() {
    try {
      return Files.readAllLines(MAPPED_FILES).stream()
          .filter(line -> line.endsWith("/" + LIBRARY))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(LIBRARY + " is not loaded"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void call(Function function, Object... arguments) {
    function.invokeVoid(arguments);
  }

  /** Enters the region. PyTorch has to be loaded. */
  static void begin() {
    call(ENABLE, CPU, TRUE);
  }

  /** Leaves it. */
  static void end() {
    call(ENABLE, CPU, FALSE);
    call(CLEAR_CACHE);
  }
}
