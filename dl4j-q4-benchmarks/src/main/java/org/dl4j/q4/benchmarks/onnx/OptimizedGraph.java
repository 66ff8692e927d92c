package org.dl4j.q4.benchmarks.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;

/** What ONNX Runtime makes of a file before it runs it: which operators, and how many of each. */
public final class OptimizedGraph {

  /** Of FP32 numbers, by the names they have before and after optimization. */
  private static final List<String> FLOAT_PRODUCTS =
      List.of("Conv", "FusedConv", "Gemm", "FusedGemm", "MatMul", "FusedMatMul");

  private static final List<String> INTEGER_PRODUCTS = List.of("QLinearConv", "QGemm");

  private final Map<String, Integer> operators;

  private OptimizedGraph(Map<String, Integer> operators) {
    this.operators = operators;
  }

  /**
   * @param file an ONNX file
   * @param options of a session; they get the name of a file that no longer exists
   * @return the graph of such a session
   * @throws OrtException if ONNX Runtime refuses the file
   * @throws IOException if there is no room for a copy
   */
  public static OptimizedGraph of(Path file, OrtSession.SessionOptions options)
      throws OrtException, IOException {
    Path optimized = Files.createTempFile("optimized-", ".onnx");
    try {
      options.setOptimizedModelFilePath(optimized.toString());
      OrtEnvironment.getEnvironment().createSession(file.toString(), options).close();
      Map<String, Integer> operators = new TreeMap<>();
      for (NodeProto node :
          ModelProto.parseFrom(Files.readAllBytes(optimized)).getGraph().getNodeList()) {
        operators.merge(node.getOpType(), 1, Integer::sum);
      }
      return new OptimizedGraph(operators);
    } finally {
      Files.delete(optimized);
    }
  }

  /**
   * @return numbers of nodes by the names of their operators
   */
  public Map<String, Integer> operators() {
    return Map.copyOf(operators);
  }

  /**
   * @throws IllegalStateException if there is no convolution or dense layer in integers, or one in
   *     FP32
   */
  public void requireIntegers() {
    for (String type : INTEGER_PRODUCTS) {
      if (!operators.containsKey(type)) {
        throw new IllegalStateException(
            "Expected " + type + " in the graph that ONNX Runtime has made, found " + this);
      }
    }
    for (String type : FLOAT_PRODUCTS) {
      if (operators.containsKey(type)) {
        throw new IllegalStateException(
            "Expected no FP32 " + type + " in the graph that ONNX Runtime has made, found " + this);
      }
    }
  }

  /** For example "6 QLinearConv, 2 QGemm", in alphabetical order. */
  @Override
  public String toString() {
    return operators.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
