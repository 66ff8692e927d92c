package org.dl4j.q4.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the JVM of a contender runs on: class path, main class and its arguments, system properties,
 * environment. Memory and garbage collector are the JVM's defaults, as for a program started
 * without options.
 */
final class ContenderSpec {

  private static final Pattern ALLOCATOR = Pattern.compile("MALLOC_|GLIBC_TUNABLES$|THP_MEM_");

  private final String name;
  private final List<String> classPath;
  private final String mainClass;
  private final List<String> arguments;
  private final Map<String, String> properties;
  private final Map<String, String> environment;

  private ContenderSpec(
      String name,
      List<String> classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> properties,
      Map<String, String> environment) {
    this.name = name;
    this.classPath = classPath;
    this.mainClass = mainClass;
    this.arguments = arguments;
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * @param name what to call it in messages
   * @param classPath name of its directory of jars
   * @param mainClass simple name of its class among the contenders
   * @param arguments arguments of its {@code main}
   * @return a contender with nothing set in its environment
   */
  static ContenderSpec of(String name, String classPath, String mainClass, String... arguments) {
    return ofClass(
        name,
        classPath,
        ContenderSpec.class.getPackageName() + ".contenders." + mainClass,
        arguments);
  }

  /**
   * @param name what to call it in messages
   * @param classPath name of its directory of jars
   * @param mainClass full name of its class
   * @param arguments arguments of its {@code main}
   * @return a contender with nothing set in its environment
   */
  static ContenderSpec ofClass(
      String name, String classPath, String mainClass, String... arguments) {
    return new ContenderSpec(
        name, List.of(classPath), mainClass, List.of(arguments), Map.of(), Map.of());
  }

  /**
   * @param directory name of another directory of jars
   * @return the contender with these on its class path too
   */
  ContenderSpec withJars(String directory) {
    List<String> directories = new ArrayList<>(classPath);
    directories.add(directory);
    return new ContenderSpec(
        name, List.copyOf(directories), mainClass, arguments, properties, environment);
  }

  /**
   * @param variables all that is set in its environment
   * @return the contender in another environment
   */
  ContenderSpec withEnvironment(Map<String, String> variables) {
    return new ContenderSpec(
        name, classPath, mainClass, arguments, properties, new TreeMap<>(variables));
  }

  /**
   * @param variable a variable
   * @param value its value
   * @return the contender with this in its environment too
   */
  ContenderSpec withVariable(String variable, String value) {
    return withEnvironment(with(environment, variable, value));
  }

  /**
   * @param property a system property
   * @param value its value
   * @return the contender with this property too
   */
  ContenderSpec withProperty(String property, String value) {
    return new ContenderSpec(
        name, classPath, mainClass, arguments, with(properties, property, value), environment);
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> result = new TreeMap<>(map);
    result.put(key, value);
    return result;
  }

  String name() {
    return name;
  }

  String mainClass() {
    return mainClass;
  }

  /**
   * @return what is set in the environment, on one line
   */
  String describeEnvironment() {
    return environment.isEmpty()
        ? "as it comes"
        : environment.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .collect(Collectors.joining(" "));
  }

  /**
   * @param installation where the jars are
   * @return its process, ready to start; but for the allocator's settings it inherits this one's
   *     environment
   */
  ProcessBuilder process(Installation installation) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+DisplayVMOutputToStderr"); // its own output is for the protocol
    properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
    command.add("-cp");
    List<String> jars = new ArrayList<>(List.of(installation.benchmarks().toString()));
    classPath.forEach(name -> jars.add(installation.classPath(name).resolve("*").toString()));
    command.add(String.join(File.pathSeparator, jars));
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> inherited = Map.copyOf(builder.environment());
    builder.environment().clear();
    builder.environment().putAll(environmentOver(inherited));
    return builder;
  }

  /** Settings of the allocators are the contender's alone. */
  Map<String, String> environmentOver(Map<String, String> inherited) {
    Map<String, String> result = new TreeMap<>(inherited);
    result.keySet().removeIf(variable -> ALLOCATOR.matcher(variable).lookingAt());
    result.putAll(environment);
    return result;
  }
}
