package org.dl4j.q4.benchmarks.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
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
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      this.session = environment.createSession(file.toString(), options);
    }
  }

  /**
   * @param input FLOAT, of the file's shape
   * @return its first output
   * @throws OrtException if ONNX Runtime fails
   */
  INDArray output(INDArray input) throws OrtException {
    String name = session.getInputNames().iterator().next();
    return output(Map.of(name, input));
  }

  /**
   * @param inputs by their names
   * @return its first output
   * @throws OrtException if ONNX Runtime fails
   */
  INDArray output(Map<String, INDArray> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, INDArray> input : inputs.entrySet()) {
        INDArray flat = input.getValue().dup('c').reshape(input.getValue().length());
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(flat.toFloatVector()), input.getValue().shape()));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        float[] numbers = new float[output.getFloatBuffer().remaining()];
        output.getFloatBuffer().get(numbers);
        return Nd4j.createFromArray(numbers).reshape(output.getInfo().getShape());
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
