package org.dl4j.q4.examples;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of glibc's allocator that make ND4J's oneDNN ops several times faster on Linux. Each op
 * allocates scratch memory of 30 to 200 MB and frees it; by default glibc gives it back to the
 * system each time, and the next op faults it in again page by page. With these settings it is
 * kept.
 *
 * <p>glibc reads them once, at the start of a process, so {@link #restartTuned()} replaces the
 * process by itself with them in the environment. Settings that are there already stay as they are.
 * On another system, or with {@code Q4_ALLOCATOR=system} in the environment, nothing is done.
 */
final class NativeAllocator {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "4294967296");

  private NativeAllocator() {}

  /** The two functions of the C library that this class needs. */
  interface LibC extends Library {

    int setenv(String name, String value, int overwrite);

    int execv(String path, String[] arguments);
  }

  /** Restarts this program with the settings, once; returns if there is nothing to do. */
  static void restartTuned() {
    if (!System.getProperty("os.name").equals("Linux")
        || "system".equals(System.getenv("Q4_ALLOCATOR"))
        || SETTINGS.keySet().stream().allMatch(name -> System.getenv(name) != null)) {
      return;
    }
    try {
      String[] arguments = commandLine();
      LibC libc = Native.loadLibrary("c", LibC.class);
      SETTINGS.forEach((name, value) -> libc.setenv(name, value, 0));
      libc.execv("/proc/self/exe", arguments); // does not return if it succeeds
      warn("the C library's execv failed with error " + Native.getLastError());
    } catch (IOException | LinkageError | RuntimeException e) {
      warn(e.toString());
    }
  }

  /** Arguments in /proc are ended, not separated, by zero bytes; one of them may be empty. */
  private static String[] commandLine() throws IOException {
    String zeroEnded = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
    return zeroEnded.substring(0, zeroEnded.length() - 1).split("\0", -1);
  }

  private static void warn(String reason) {
    System.err.println(
        "Could not set glibc's allocator for speed ("
            + reason
            + "); training works, but slower. See docs/performance.md.");
  }
}
