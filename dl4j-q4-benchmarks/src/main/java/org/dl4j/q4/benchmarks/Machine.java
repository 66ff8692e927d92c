package org.dl4j.q4.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the benchmarks run on. */
final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Pattern BF16 = Pattern.compile("\\b(avx512_bf16|amx_bf16)\\b");

  private Machine() {}

  /**
   * @return CPU, cores, operating system and Java, a line each, each beginning with {@code #}
   * @throws IOException if the system does not tell
   */
  static String describe() throws IOException {
    return String.join(
        System.lineSeparator(),
        "# CPU   " + cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
        "# OS    " + properties("os.name", "os.version", "os.arch"),
        "# Java  " + properties("java.vm.name", "java.runtime.version"));
  }

  /**
   * @return whether the CPU computes in bf16: AVX512-BF16 or AMX, as far as Linux tells
   * @throws IOException if the system does not tell
   */
  static boolean hasBf16() throws IOException {
    return cpuInfo("flags").stream().anyMatch(flags -> BF16.matcher(flags).find());
  }

  /** Linux has its name in a file; elsewhere it stays with the architecture. */
  private static String cpu() throws IOException {
    return cpuInfo("model name").stream().findFirst().orElse(System.getProperty("os.arch"));
  }

  /** What Linux tells of each core under a name; nothing on other systems. */
  private static List<String> cpuInfo(String name) throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return List.of();
    }
    // Not Files.lines: what /proc says of a file's size is 0.
    return new String(Files.readAllBytes(CPU_INFO), UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .collect(Collectors.toList());
  }

  private static String properties(String... names) {
    StringBuilder values = new StringBuilder();
    for (String name : names) {
      values.append(values.length() == 0 ? "" : " ").append(System.getProperty(name));
    }
    return values.toString();
  }
}
