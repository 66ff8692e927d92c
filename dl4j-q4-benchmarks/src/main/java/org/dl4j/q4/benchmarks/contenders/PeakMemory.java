package org.dl4j.q4.benchmarks.contenders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory this process ever had, heap and native together, as Linux counts it. */
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("^VmHWM:\\s*(\\d+) kB$", Pattern.MULTILINE);

  private PeakMemory() {}

  /**
   * @return the peak of its resident set, in MB of 2^20 bytes
   * @throws IOException if the system does not tell; only Linux does
   */
  static double megabytes() throws IOException {
    return megabytes(new String(Files.readAllBytes(STATUS), UTF_8));
  }

  /**
   * @param status what is in {@code /proc/self/status}
   * @return the peak it names, in MB
   * @throws IOException if it names none
   */
  static double megabytes(String status) throws IOException {
    Matcher matcher = PEAK.matcher(status);
    if (!matcher.find()) {
      throw new IOException("There is no VmHWM in " + STATUS);
    }
    return Long.parseLong(matcher.group(1)) / 1024.0;
  }
}
