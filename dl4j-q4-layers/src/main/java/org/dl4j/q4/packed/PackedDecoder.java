package org.dl4j.q4.packed;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Reads a {@link PackedModel}. Takes no more memory for a chunk than the file has bytes left, and
 * looks into no chunk before the file's checksum is known to be right.
 */
final class PackedDecoder {

  private final Path file;
  private final List<PackedTensor> tensors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private List<String> labels = List.of();
  private ImageInput imageInput;
  private String configuration;
  private boolean graph;

  private PackedDecoder(Path file) {
    this.file = file;
  }

  static PackedModel read(Path file) throws IOException {
    return new PackedDecoder(file).read();
  }

  private PackedModel read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw error("expected a packed model, found no file");
    }
    int expected;
    List<ChunkReader> chunks = new ArrayList<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      CRC32 crc = new CRC32();
      DataInputStream in = new DataInputStream(new CheckedInputStream(raw, crc));
      expected = readHeader(in);
      readChunks(in, crc, chunks);
    } catch (EOFException e) {
      throw new PackedModelException(
          file + ": the file is cut off: it ends within a chunk, at byte " + Files.size(file), e);
    }
    for (ChunkReader chunk : chunks) {
      read(chunk);
    }
    if (tensors.size() != expected) {
      throw error("expected " + expected + " tensors, found " + tensors.size());
    }
    if (configuration == null) {
      throw error("expected a configuration, found none");
    }
    return new PackedModel(graph, configuration, tensors, labels, imageInput);
  }

  private int readHeader(DataInputStream in) throws IOException {
    byte[] magic = in.readNBytes(PackedFormat.MAGIC.length);
    if (!Arrays.equals(magic, PackedFormat.MAGIC)) {
      boolean zip = magic.length > 1 && magic[0] == 'P' && magic[1] == 'K';
      throw error(
          "expected a packed model (.q4), found "
              + (zip
                  ? "a zip file; Deeplearning4j's are packed by 'q4.jar export'"
                  : "a file that begins otherwise"));
    }
    int version = Integer.reverseBytes(in.readInt());
    if (version != PackedFormat.VERSION) {
      throw error(
          "expected version "
              + PackedFormat.VERSION
              + " of the format, found "
              + Integer.toUnsignedString(version));
    }
    return Integer.reverseBytes(in.readInt());
  }

  private void readChunks(DataInputStream in, CRC32 crc, List<ChunkReader> chunks)
      throws IOException {
    long size = Files.size(file);
    long at = PackedFormat.HEADER_LENGTH;
    while (true) {
      byte[] type = new byte[Integer.BYTES];
      in.readFully(type);
      long length = Long.reverseBytes(in.readLong());
      at += PackedFormat.CHUNK_HEADER_LENGTH;
      String name = new String(type, StandardCharsets.US_ASCII);
      if (length < 0 || length > size - at || length > Integer.MAX_VALUE - Long.BYTES) {
        throw error(
            String.format(
                "the chunk at byte %d says that it has %s bytes, but the file has %d more",
                at - PackedFormat.CHUNK_HEADER_LENGTH, Long.toUnsignedString(length), size - at));
      }
      if (name.equals(PackedFormat.END)) {
        int found = (int) crc.getValue();
        if (length != PackedFormat.END_LENGTH || at + length != size) {
          throw error("expected " + PackedFormat.END_LENGTH + " bytes to the end, found more");
        }
        int expected = Integer.reverseBytes(in.readInt());
        if (found != expected) {
          throw error(
              String.format(
                  "the file is damaged: its checksum should be %08x, but is %08x",
                  expected, found));
        }
        return;
      }
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      chunks.add(new ChunkReader(file, name, at, payload));
      at += length;
    }
  }

  private void read(ChunkReader chunk) throws IOException {
    switch (chunk.type()) {
      case PackedFormat.CONFIGURATION:
        readConfiguration(chunk);
        break;
      case PackedFormat.TENSOR:
        addTensor(chunk);
        break;
      case PackedFormat.LABELS:
        int count = chunk.u32();
        List<String> read = new ArrayList<>();
        for (int i = 0; i != count; i++) {
          read.add(chunk.text());
        }
        labels = read;
        chunk.requireEnd();
        break;
      case PackedFormat.IMAGE_INPUT:
        readImageInput(chunk);
        break;
      default: // of a later minor extension
    }
  }

  private void addTensor(ChunkReader chunk) throws PackedModelException {
    PackedTensor tensor = TensorChunk.read(chunk);
    if (!names.add(tensor.toString())) {
      throw chunk.error(tensor + " is there twice");
    }
    tensors.add(tensor);
  }

  private void readImageInput(ChunkReader chunk) throws PackedModelException {
    int height = chunk.u32();
    int width = chunk.u32();
    int channels = chunk.u8();
    float[] mean = new float[channels];
    float[] deviation = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = chunk.f32();
      deviation[c] = chunk.f32();
    }
    chunk.requireEnd();
    try {
      imageInput = new ImageInput(height, width, mean, deviation);
    } catch (IllegalArgumentException e) {
      throw chunk.error(e.getMessage());
    }
  }

  private void readConfiguration(ChunkReader chunk) throws IOException {
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
    byte[] json;
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(chunk.bytes(chunk.remaining())))) {
      json = in.readNBytes(length + 1);
    } catch (IOException e) {
      throw chunk.error("the configuration cannot be inflated: " + e.getMessage());
    }
    if (json.length != length) {
      throw chunk.error("expected a configuration of " + length + " bytes, found another length");
    }
    if (configuration != null) {
      throw chunk.error("a second configuration");
    }
    configuration = new String(json, StandardCharsets.UTF_8);
    graph = kind == PackedFormat.COMPUTATION_GRAPH;
  }

  private PackedModelException error(String what) {
    return new PackedModelException(file + ": " + what);
  }
}
