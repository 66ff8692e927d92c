package org.dl4j.q4.benchmarks.onnx;

import java.util.List;

/** How a network and its file in ONNX Runtime agreed, and what the file weighs. */
final class Comparison {

  private final String network;
  private final long images;
  private final long sameTop1;
  private final double largestDifference;
  private final long fileBytes;
  private final long packedBytes;
  private final long floatBytes;

  Comparison(
      String network,
      long images,
      long sameTop1,
      double largestDifference,
      long fileBytes,
      long packedBytes,
      long floatBytes) {
    this.network = network;
    this.images = images;
    this.sameTop1 = sameTop1;
    this.largestDifference = largestDifference;
    this.fileBytes = fileBytes;
    this.packedBytes = packedBytes;
    this.floatBytes = floatBytes;
  }

  /**
   * @param line from {@link #toLine}
   */
  static Comparison ofLine(String line) {
    List<String> parts = List.of(line.split("\t", -1));
    return new Comparison(
        parts.get(0),
        Long.parseLong(parts.get(1)),
        Long.parseLong(parts.get(2)),
        Double.parseDouble(parts.get(3)),
        Long.parseLong(parts.get(4)),
        Long.parseLong(parts.get(5)),
        Long.parseLong(parts.get(6)));
  }

  String toLine() {
    return String.join(
        "\t",
        network,
        Long.toString(images),
        Long.toString(sameTop1),
        Double.toString(largestDifference),
        Long.toString(fileBytes),
        Long.toString(packedBytes),
        Long.toString(floatBytes));
  }

  String network() {
    return network;
  }

  long images() {
    return images;
  }

  /** Of how many images the largest output is the same. */
  long sameTop1() {
    return sameTop1;
  }

  double largestDifference() {
    return largestDifference;
  }

  long fileBytes() {
    return fileBytes;
  }

  /** Of all parameters, the quantized ones packed. */
  long packedBytes() {
    return packedBytes;
  }

  /** Of all parameters as FP32. */
  long floatBytes() {
    return floatBytes;
  }
}
