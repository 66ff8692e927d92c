package org.dl4j.q4.packed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.UserActivation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A configuration that was written to do harm, in a file that is right otherwise. */
class HostileConfigurationTest {

  @TempDir private Path folder;
  private Path file;
  private PackedModel model;

  @BeforeEach
  void pack() {
    file = folder.resolve("model.q4");
    model = PackedModel.of(PackedNetworks.network(1, DataType.FLOAT, WeightQuantization.PAPER, 2));
  }

  private PackedModelException refused(String json) throws IOException {
    new PackedModel(model.isGraph(), json, model.tensors(), List.of(), null, Map.of()).write(file);
    PackedModelException thrown =
        assertThrows(PackedModelException.class, () -> PackedModel.read(file));
    assertEquals(1, thrown.getMessage().lines().count(), thrown::getMessage);
    return thrown;
  }

  private String with(String activation) {
    String json = model.configuration();
    String changed =
        json.replaceFirst("\"activationFn\" : \\{[^}]*\\}", Matcher.quoteReplacement(activation));
    assertNotEquals(json, changed);
    return changed;
  }

  /** Why names are checked: in both forms, Deeplearning4j initializes any class. */
  @ParameterizedTest
  @CsvSource({"ByProperty, '{\"@class\" : \"%s\"}'", "ByArray, '[\"%s\", {}]'"})
  void deeplearning4jLoadsAnyClass(String name, String form) {
    String untrusted = "com.example.Untrusted$" + name;
    String json = with("\"activationFn\" : " + String.format(form, untrusted));
    assertNull(System.getProperty(untrusted));
    assertThrows(RuntimeException.class, () -> MultiLayerConfiguration.fromJson(json));
    assertEquals("loaded", System.getProperty(untrusted));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"activationFn\" : {\"@class\" : \"com.example.Untrusted$Never\"}",
        "\"activationFn\" : {\"\\u0040class\" : \"com.example.Untrusted$Never\"}",
        "\"activationFn\" : {\"@class\" : \"org.nd4j.A\", \"@class\" : \"com.example.Untrusted$Never\"}",
        "\"activationFn\" : {\"@class\" : \"org.nd4j.A<com.example.Untrusted$Never>\"}",
        "\"activationFn\" : {\"@class\" : \"[Lcom.example.Untrusted$Never;\"}",
        "\"activationFn\" : [\"com.example.Untrusted$Never\", {}]",
        "\"dist\" : {\"type\" : \"com.example.Untrusted$Never\"}",
        "\"networkInputs\" : [\"com.example.Untrusted$Never\", {}]"
      })
  void anotherClassIsNotLoaded(String activation) throws IOException {
    String message = refused(with(activation)).getMessage();
    assertTrue(message.contains("the configuration names the class \""), message);
    assertTrue(message.contains("Untrusted"), message);
    assertNull(System.getProperty("com.example.Untrusted$Never"));
  }

  @Test
  void theCallersOwnClass() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(2)
                        .nOut(2)
                        .activation(new UserActivation())
                        .build())
                .build());
    network.init();
    PackedModel.of(network).write(file);
    PackedModelException thrown =
        assertThrows(PackedModelException.class, () -> PackedModel.read(file));
    assertTrue(thrown.getMessage().contains(UserActivation.class.getName()), thrown::getMessage);
    MultiLayerNetwork read =
        assertInstanceOf(
            MultiLayerNetwork.class, PackedModel.read(file, UserActivation.class).network());
    assertEquals(network.params(), read.params());
  }

  /** A vertex may be called as a class is. */
  @Test
  void namesOfVertices() throws IOException {
    ComputationGraph graph = PackedNetworks.graph(1, DataType.FLOAT, WeightQuantization.PAPER);
    PackedModel packed = PackedModel.of(graph);
    String json = packed.configuration().replace("\"conv\"", "\"com.example.Untrusted$Never\"");
    new PackedModel(true, json, packed.tensors(), List.of(), null, Map.of()).write(file);
    assertEquals(json, PackedModel.read(file).configuration());
  }

  @Test
  void moreThanAnyNetworkHas() throws IOException {
    String objects = "{},".repeat(70_000);
    assertTrue(
        refused("{\"confs\":[" + objects + "{}]}").getMessage().contains("than 65536 objects"));
    String values = "1,".repeat(1_100_000);
    assertTrue(
        refused("{\"a\":[" + values + "1]}")
            .getMessage()
            .contains("than 1048576 names and values"));
    String digits = "1".repeat(5_000_000);
    assertTrue(refused("{\"a\":" + digits + "}").getMessage().contains("over 1000 digits"));
    assertTrue(refused("[".repeat(100_000)).getMessage().contains("nested deeper than 200"));
    assertTrue(refused("{\"a\" : hello}").getMessage().contains("is no JSON"));
  }
}
