package org.dl4j.q4.benchmarks.contenders;

import java.io.File;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The libraries of this process by the names of their files, which hold their versions. */
public final class Jars {

  private Jars() {}

  /**
   * @param names pattern that a file's name has to match from its beginning
   * @return names of the jars on the class path that do, without {@code .jar}, in alphabetical
   *     order
   */
  public static String named(String names) {
    Pattern pattern = Pattern.compile(names);
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(path -> new File(path).getName().replaceFirst("\\.jar$", ""))
        .filter(name -> pattern.matcher(name).lookingAt())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
