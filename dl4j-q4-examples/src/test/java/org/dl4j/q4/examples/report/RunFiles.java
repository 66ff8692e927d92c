package org.dl4j.q4.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Folders of runs as {@code train} leaves them, with figures of the test's choice. */
final class RunFiles {

  static final String HEADER =
      "epoch,lr,train_loss,train_acc,test_loss,test_acc,levels_min,levels_max,levels_avg,seconds";

  private final TreeMap<String, String> options = new TreeMap<>();

  RunFiles() {
    with("--alpha", "3.0").with("--bits", "4").with("--data", "CIFAR10").with("--epochs", "3");
    with("--precision", "Q4").with("--validation", "0.0").with("--weight-decay", "5.0E-4");
    with("images", "50000+5000 images, CRC-32 f7dba0cb").with("kernels in use", "f32");
  }

  /** An option or a fact; null for none. */
  RunFiles with(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** A run of some test accuracies, one an epoch; its test loss is their negative. */
  Path write(Path folder, long seed, double... accuracies) throws IOException {
    Files.createDirectories(folder);
    with("--seed", "" + seed);
    List<String> lines = new ArrayList<>();
    options.forEach(
        (name, value) -> {
          if (value != null) {
            lines.add(name + "=" + value);
          }
        });
    Files.write(folder.resolve("options.txt"), lines);
    List<String> rows = new ArrayList<>(List.of(HEADER));
    boolean levels = "Q4".equals(options.get("--precision"));
    for (int i = 0; i < accuracies.length; i++) {
      rows.add(
          String.format(
              Locale.ROOT,
              "%d,0.001,1.5,40.0,%.4f,%.3f,%s,9.9",
              i + 1,
              -accuracies[i],
              accuracies[i],
              levels ? (12 + i) + ",15," + (13.5 + i) : ",,"));
    }
    Files.write(folder.resolve("metrics.csv"), rows);
    return folder;
  }
}
