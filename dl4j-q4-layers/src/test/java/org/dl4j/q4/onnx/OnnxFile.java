package org.dl4j.q4.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.deeplearning4j.nn.api.Model;

/** A written file, read back: a graph of which it is known that it is well-formed. */
final class OnnxFile {

  private final ModelProto model;

  private OnnxFile(ModelProto model) {
    this.model = model;
  }

  static OnnxFile of(OnnxExport export, Model network, Path folder) throws IOException {
    Path file = folder.resolve("network.onnx");
    export.write(network, file);
    OnnxFile result = new OnnxFile(ModelProto.parseFrom(Files.readAllBytes(file)));
    result.assertWellFormed();
    return result;
  }

  /** Every name is made once, and before it is used; the outputs are made. */
  private void assertWellFormed() {
    Set<String> names = new HashSet<>();
    graph().getInputList().forEach(input -> assertTrue(names.add(input.getName())));
    graph().getInitializerList().forEach(tensor -> assertTrue(names.add(tensor.getName())));
    for (NodeProto node : graph().getNodeList()) {
      assertTrue(names.containsAll(node.getInputList()), node::toString);
      assertEquals(1, node.getOutputCount());
      assertTrue(names.add(node.getOutput(0)), node::toString);
    }
    assertTrue(names.containsAll(outputs()), () -> names + " " + outputs());
  }

  ModelProto model() {
    return model;
  }

  GraphProto graph() {
    return model.getGraph();
  }

  List<String> operators() {
    return graph().getNodeList().stream().map(NodeProto::getOpType).collect(Collectors.toList());
  }

  NodeProto node(String operator) {
    List<NodeProto> nodes =
        graph().getNodeList().stream()
            .filter(node -> node.getOpType().equals(operator))
            .collect(Collectors.toList());
    assertEquals(1, nodes.size(), () -> operator + " in " + operators());
    return nodes.get(0);
  }

  TensorProto initializer(String name) {
    return graph().getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " in " + graph().getInitializerList()));
  }

  /** The numbers of an FP32 initializer. */
  float[] floats(String name) {
    TensorProto tensor = initializer(name);
    assertEquals(TensorProto.DataType.FLOAT_VALUE, tensor.getDataType());
    ByteBuffer bytes =
        ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    return numbers;
  }

  List<String> outputs() {
    return graph().getOutputList().stream()
        .map(ValueInfoProto::getName)
        .collect(Collectors.toList());
  }

  /** Of an input or an output: numbers, and names of dimensions of any size. */
  static List<String> dimensions(ValueInfoProto value) {
    assertEquals(TensorProto.DataType.FLOAT_VALUE, value.getType().getTensorType().getElemType());
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(OnnxFile::text)
        .collect(Collectors.toList());
  }

  private static String text(TensorShapeProto.Dimension dimension) {
    return dimension.getDimParam().isEmpty()
        ? Long.toString(dimension.getDimValue())
        : dimension.getDimParam();
  }

  static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " in " + node));
  }
}
