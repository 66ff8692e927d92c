package org.dl4j.q4.packed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;

/** The chunk of the configuration. */
final class ConfigurationChunk {

  private final boolean graph;
  private final String json;

  private ConfigurationChunk(boolean graph, String json) {
    this.graph = graph;
    this.json = json;
  }

  static ConfigurationChunk read(ChunkReader chunk, ConfigurationCheck check)
      throws PackedModelException {
    int kind = chunk.u8();
    if (kind != PackedFormat.MULTI_LAYER_NETWORK && kind != PackedFormat.COMPUTATION_GRAPH) {
      throw chunk.error("expected 1 or 2 for the kind of network, found " + kind);
    }
    int length = chunk.u32();
    if (length < 0 || length > PackedFormat.MAX_CONFIGURATION) {
      throw chunk.error(
          "a configuration of "
              + Integer.toUnsignedString(length)
              + " bytes, where at most "
              + PackedFormat.MAX_CONFIGURATION
              + " are read");
    }
    byte[] bytes;
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(chunk.bytes(chunk.remaining())))) {
      bytes = in.readNBytes(length + 1);
    } catch (IOException e) {
      throw chunk.error("the configuration cannot be inflated: " + e.getMessage());
    }
    if (bytes.length != length) {
      throw chunk.error("expected a configuration of " + length + " bytes, found another length");
    }
    String json = new String(bytes, StandardCharsets.UTF_8);
    try {
      check.require(json);
    } catch (IllegalArgumentException e) {
      throw chunk.error(e.getMessage());
    }
    return new ConfigurationChunk(kind == PackedFormat.COMPUTATION_GRAPH, json);
  }

  boolean isGraph() {
    return graph;
  }

  String json() {
    return json;
  }
}
