package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4j.q4.examples.train.OptionsFile;

/**
 * What a run was of but for its seed: the values in its {@code options.txt} that decide its
 * results. Options begin with {@code --}; the other values are facts, such as which images they
 * were.
 */
final class Configuration {

  private static final String SEED = "--seed";
  private static final String IMAGES = "images";

  /** Where the images lay, which decides nothing; which they were, the checksum tells. */
  private static final String DATA_DIR = "--data-dir";

  private static final Pattern IMAGE_COUNTS = Pattern.compile("[0-9]+\\+([0-9]{1,9}) images.*");

  /** Of no use at full precision, so that runs which differ in them alone are the same. */
  private static final Set<String> QUANTIZATION =
      Set.of("--bits", "--granularity", "--scale", "--alpha");

  /** Values of {@code --data} whose images are drawn from the seed. */
  private static final Set<String> DRAWN = Set.of("SYNTHETIC", "SYNTHETIC100");

  private static final Set<String> DATA =
      Set.of("--data", "--coarse", "--validation", "--train-limit", "--test-limit");

  private final SortedMap<String, String> values;
  private final long seed;
  private final String images;

  private Configuration(SortedMap<String, String> values, long seed) {
    this.values = values;
    this.seed = seed;
    this.images = values.get(IMAGES);
    values.remove(DATA_DIR);
    if (isFullPrecision()) {
      values.keySet().removeAll(QUANTIZATION);
    }
    if (imagesDependOnSeed()) {
      values.remove(IMAGES);
    }
  }

  boolean isFullPrecision() {
    return "FP32".equals(values.get("--precision"));
  }

  /** Drawn from it, or chosen by it. */
  private boolean imagesDependOnSeed() {
    return DRAWN.contains(values.getOrDefault("--data", ""))
        || !plain(values.getOrDefault("--validation", "0")).equals("0");
  }

  /**
   * @param file an {@code options.txt}
   * @return what it says
   * @throws IOException if it cannot be read or is no such file, saying where
   */
  static Configuration read(Path file) throws IOException {
    SortedMap<String, String> values = OptionsFile.read(file);
    String seed = values.remove(SEED);
    if (seed == null || !seed.matches("-?[0-9]{1,18}")) {
      throw new IOException(
          file + ": expected a line " + SEED + "=N, found " + (seed == null ? "none" : seed));
    }
    return new Configuration(values, Long.parseLong(seed));
  }

  /**
   * @return the run's seed, which is no part of the configuration
   */
  long seed() {
    return seed;
  }

  /** For those who read: {@code 4 bits}, or {@code full precision}. */
  String precision() {
    return isFullPrecision() ? "full precision" : values.getOrDefault("--bits", "4") + " bits";
  }

  /**
   * @return how many epochs the run is to have, if it is known
   */
  OptionalInt epochs() {
    String epochs = values.getOrDefault("--epochs", "");
    return epochs.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(epochs))
        : OptionalInt.empty();
  }

  /**
   * @return how many images accuracy was measured on, if it is known
   */
  OptionalInt testImages() {
    Matcher matcher = IMAGE_COUNTS.matcher(images == null ? "" : images);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /**
   * @param other of a run with the same seed
   * @return whether both ask for the same images and got others, which is no fair comparison
   */
  boolean sawOtherImagesThan(Configuration other) {
    return DATA.stream().allMatch(o -> Objects.equals(values.get(o), other.values.get(o)))
        && !Objects.equals(images, other.images);
  }

  /**
   * @param all configurations
   * @return the names of the values that are not the same in all that have a use for them
   */
  static Set<String> differences(Iterable<Configuration> all) {
    Set<String> names = new TreeSet<>();
    all.forEach(one -> names.addAll(one.values.keySet()));
    Set<String> differences = new TreeSet<>();
    for (String name : names) {
      Set<String> found = new TreeSet<>();
      for (Configuration one : all) {
        if (!(one.isFullPrecision() && QUANTIZATION.contains(name))) {
          found.add(one.values.getOrDefault(name, ""));
        }
      }
      if (found.size() > 1) {
        differences.add(name);
      }
    }
    return differences;
  }

  /**
   * Some of the values as a name, such as {@code alpha=0, precision=q4}.
   *
   * @param names which; values that are not there are left out
   * @return the name
   */
  String describe(Set<String> names) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (names.contains(value.getKey())) {
        text.append(text.length() == 0 ? "" : ", ").append(describe(value));
      }
    }
    if (text.length() == 0 && !names.isEmpty()) {
      return "without " + String.join(", ", names);
    }
    return text.toString();
  }

  private static String describe(Map.Entry<String, String> value) {
    if (!isOption(value.getKey())) {
      return value.getKey() + "=" + value.getValue();
    }
    String name = value.getKey().substring(2);
    return value.getValue().equals("true") ? name : name + "=" + plain(value.getValue());
  }

  /**
   * @param name of a value
   * @return whether it is an option's, not a fact's
   */
  static boolean isOption(String name) {
    return name.startsWith("--");
  }

  /** As a person would write it: 0 for 0.0, 0.0005 for 5.0E-4, q4 for Q4. */
  private static String plain(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return value.toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Configuration && values.equals(((Configuration) other).values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
