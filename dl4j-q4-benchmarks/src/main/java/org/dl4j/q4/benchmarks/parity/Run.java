package org.dl4j.q4.benchmarks.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run leaves behind: for each step the parameters after it, and what else its side has to
 * tell, by names such as {@code 10/conv1.W}. Step 0 is the start.
 */
final class Run {

  /** Steps of a run. */
  static final int STEPS = 10;

  /** Before a parameter's name: mean of its gradients, as AdamW keeps it. */
  static final String M = "m/";

  /** Before a parameter's name: mean of its squared gradients. */
  static final String V = "v/";

  /** Before a parameter's name: its codes. */
  static final String CODES = "codes/";

  /** Norm of the gradient of the step, before it is clipped. */
  static final String GRADIENT_NORM = "gradient norm";

  private final Map<String, double[]> arrays;

  /** Of no steps yet. */
  Run() {
    this(new TreeMap<>());
  }

  private Run(Map<String, double[]> arrays) {
    this.arrays = arrays;
  }

  /**
   * @param directory of the files
   * @param name of the run
   * @return whether there is such a run
   */
  static boolean exists(Path directory, String name) {
    return Files.exists(file(directory, name));
  }

  /**
   * @param directory of the files
   * @param name of the run
   * @return what {@link #write} wrote
   * @throws IOException if it cannot be read
   */
  static Run read(Path directory, String name) throws IOException {
    return new Run(ArrayFile.read(file(directory, name)));
  }

  void write(Path directory, String name) throws IOException {
    ArrayFile.write(file(directory, name), arrays);
  }

  private static Path file(Path directory, String name) {
    return directory.resolve(name + ".arrays");
  }

  void put(int step, String name, double... values) {
    arrays.put(step + "/" + name, values.clone());
  }

  /**
   * @param step from 0
   * @param name of what
   * @return its numbers
   * @throws IllegalStateException if the run has none of this name
   */
  double[] get(int step, String name) {
    double[] values = arrays.get(step + "/" + name);
    if (values == null) {
      throw new IllegalStateException("The run has no " + name + " of step " + step);
    }
    return values;
  }
}
