package org.dl4j.q4.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.dl4j.q4.kernels.nd4j.Nd4jKernels;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the {@link KernelSet} that layers compute with: the one that the system property {@value
 * #PROPERTY} names, or else the available one of highest rank among those on the class path. Layers
 * ask when they are made, so the property counts for networks initialized after it is set. Each
 * choice is logged once.
 *
 * <p>A set that is asked for but cannot run here is replaced by the one that would be taken without
 * asking, and one line of the log says why.
 */
public final class Kernels {

  /** Names the kernels to use: {@code nd4j}, {@code f32}, {@code bf16}, or {@code auto}. */
  public static final String PROPERTY = "org.dl4j.q4.kernels";

  /** The value of {@value #PROPERTY} that leaves the choice to the ranks, as does none. */
  public static final String AUTO = "auto";

  /** Names of sets that other modules bring, so that asking for them gives a helpful answer. */
  private static final Map<String, String> MODULES =
      Map.of("f32", "dl4j-q4-onednn", "bf16", "dl4j-q4-onednn");

  private static final Logger log = LoggerFactory.getLogger(Kernels.class);
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  /** Stands above every choice while a {@link Scope} is open. */
  private static volatile KernelSet override;

  private static final class Found {
    static final Map<String, KernelSet> SETS = load();

    private static Map<String, KernelSet> load() {
      Nd4j.getExecutioner(); // its native libraries first: others share what they load
      Map<String, KernelSet> sets = new TreeMap<>();
      for (KernelSet set : ServiceLoader.load(KernelSet.class, KernelSet.class.getClassLoader())) {
        sets.put(set.name(), set);
      }
      return sets;
    }
  }

  private Kernels() {}

  /** How long {@link Kernels#use} holds. */
  public interface Scope extends AutoCloseable {

    /** Puts back what was in use before. */
    @Override
    void close();
  }

  /**
   * Gives a set to every layer that is made while the scope is open, in all threads, whatever
   * {@value #PROPERTY} says: for a set that measures or checks another one, which {@link #current}
   * gave. Layers keep it when the scope is closed.
   *
   * @param set the set
   * @return to be closed, scopes within scopes first
   */
  public static Scope use(KernelSet set) {
    KernelSet before = override;
    override = Objects.requireNonNull(set, "set");
    return () -> override = before;
  }

  /**
   * @return the kernels for a layer that is made now
   * @throws IllegalArgumentException if {@value #PROPERTY} names no known set
   */
  public static KernelSet current() {
    KernelSet given = override;
    if (given != null) {
      return given;
    }
    String wanted =
        NativeBuild.isSwitchedOff()
            ? Nd4jKernels.NAME // which then leaves everything to Deeplearning4j
            : System.getProperty(PROPERTY, AUTO).trim().toLowerCase(Locale.ROOT);
    Choice choice = choose(wanted, Found.SETS);
    if (LOGGED.add(wanted)) {
      NativeBuild.logOnce();
      choice.notes.forEach(log::warn);
      log.info("Kernels {}: {}", choice.set.name(), choice.set.describe());
    }
    return choice.set;
  }

  /**
   * @return names of the sets on the class path that can run here, sorted
   */
  public static List<String> available() {
    return Found.SETS.values().stream()
        .filter(set -> set.unavailable().isEmpty())
        .map(KernelSet::name)
        .collect(Collectors.toList());
  }

  /** The rules, apart from where the sets come from. */
  static Choice choose(String wanted, Map<String, KernelSet> sets) {
    List<String> notes = new ArrayList<>();
    if (!wanted.isEmpty() && !wanted.equals(AUTO)) {
      KernelSet named = sets.get(wanted);
      if (named == null && !MODULES.containsKey(wanted)) {
        throw new IllegalArgumentException(
            PROPERTY + " must be " + AUTO + " or one of " + sets.keySet() + "; got " + wanted);
      }
      Optional<String> reason =
          named == null
              ? Optional.of(MODULES.get(wanted) + " is not on the class path")
              : named.unavailable();
      if (reason.isEmpty()) {
        return new Choice(named, notes);
      }
      notes.add("Kernels " + wanted + " cannot be used: " + reason.get());
    }
    KernelSet best =
        sets.values().stream()
            .filter(set -> set.rank() >= 0 && set.unavailable().isEmpty())
            .max(Comparator.comparingInt(KernelSet::rank))
            .orElseThrow(() -> new IllegalStateException("No kernels on the class path"));
    if (notes.isEmpty()) {
      sets.values().stream()
          .filter(set -> set.rank() > best.rank())
          .forEach(
              set ->
                  set.unavailable()
                      .ifPresent(
                          reason ->
                              notes.add("Kernels " + set.name() + " cannot be used: " + reason)));
    }
    return new Choice(best, notes);
  }

  /** A set, and what the user should know about how it came to be chosen. */
  static final class Choice {

    final KernelSet set;
    final List<String> notes;

    Choice(KernelSet set, List<String> notes) {
      this.set = set;
      this.notes = notes;
    }
  }
}
