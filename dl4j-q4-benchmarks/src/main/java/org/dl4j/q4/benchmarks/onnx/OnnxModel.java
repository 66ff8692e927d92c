package org.dl4j.q4.benchmarks.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An ONNX file in ONNX Runtime, on the CPU, as it comes. */
final class OnnxModel implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /**
   * @param file of one input
   * @throws OrtException if ONNX Runtime refuses it
   */
  OnnxModel(Path file) throws OrtException {
    this(file, Map.of());
  }

  /**
   * @param file of one input
   * @param configuration entries of the session's configuration, by ONNX Runtime's names for them
   * @throws OrtException if ONNX Runtime refuses it
   */
  OnnxModel(Path file, Map<String, String> configuration) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      for (Map.Entry<String, String> entry : configuration.entrySet()) {
        options.addConfigEntry(entry.getKey(), entry.getValue());
      }
      this.session = environment.createSession(file.toString(), options);
    }
  }

  /**
   * @return the names of its outputs
   */
  List<String> outputNames() {
    return List.copyOf(session.getOutputNames());
  }

  /**
   * @param input FLOAT, of the file's shape
   * @return its first output
   * @throws OrtException if ONNX Runtime fails
   */
  INDArray output(INDArray input) throws OrtException {
    return outputs(Map.of(session.getInputNames().iterator().next(), input)).get(0);
  }

  /**
   * @param inputs by their names
   * @return its outputs, in the order of the names
   * @throws OrtException if ONNX Runtime fails
   */
  List<INDArray> outputs(Map<String, INDArray> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, INDArray> input : inputs.entrySet()) {
        INDArray flat = input.getValue().dup('c').reshape(input.getValue().length());
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(flat.toFloatVector()), input.getValue().shape()));
      }
      List<INDArray> outputs = new ArrayList<>();
      try (OrtSession.Result result = session.run(tensors)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.add(array((OnnxTensor) output.getValue()));
        }
      }
      return outputs;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static INDArray array(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] numbers = new float[buffer.remaining()];
    buffer.get(numbers);
    return Nd4j.createFromArray(numbers).reshape(tensor.getInfo().getShape());
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
