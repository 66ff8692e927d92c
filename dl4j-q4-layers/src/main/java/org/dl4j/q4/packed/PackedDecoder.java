package org.dl4j.q4.packed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.dl4j.q4.quant.ActivationRange;

/**
 * Reads a {@link PackedModel}, twice: first for the checksum, with no memory for the contents, then
 * chunk after chunk. So nothing is made of a damaged file, and of a whole one only what is known to
 * be in it.
 */
final class PackedDecoder {

  /** Others are of extensions, and skipped. */
  private static final Set<String> READ =
      Set.of(
          PackedFormat.CONFIGURATION,
          PackedFormat.TENSOR,
          PackedFormat.LABELS,
          PackedFormat.IMAGE_INPUT,
          PackedFormat.ACTIVATION_RANGES);

  private final Path file;
  private final ConfigurationCheck check;
  private final List<PackedTensor> tensors = new ArrayList<>();
  private final Set<List<String>> names = new HashSet<>();
  private List<String> labels = List.of();
  private ImageInput imageInput;
  private Map<String, ActivationRange> ranges = Map.of();
  private String configuration;
  private boolean graph;

  private PackedDecoder(Path file, ConfigurationCheck check) {
    this.file = file;
    this.check = check;
  }

  static PackedModel read(Path file, ConfigurationCheck check) throws IOException {
    return new PackedDecoder(file, check).read();
  }

  private PackedModel read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw error("expected a packed model, found no file");
    }
    try {
      readChunks(false);
      readChunks(true);
    } catch (EOFException e) {
      throw new PackedModelException(
          file + ": the file is cut off: it ends within a chunk, at byte " + Files.size(file), e);
    }
    if (configuration == null) {
      throw error("expected a configuration, found none");
    }
    return new PackedModel(graph, configuration, tensors, labels, imageInput, ranges);
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

  /**
   * @param contents whether they are read, or skipped for the checksum
   */
  private void readChunks(boolean contents) throws IOException {
    CRC32 crc = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), crc))) {
      int expected = readHeader(in);
      long size = Files.size(file);
      long at = PackedFormat.HEADER_LENGTH;
      while (true) {
        byte[] type = new byte[Integer.BYTES];
        in.readFully(type);
        long length = Long.reverseBytes(in.readLong());
        at += PackedFormat.CHUNK_HEADER_LENGTH;
        String name = new String(type, StandardCharsets.US_ASCII);
        requireLength(name, length, at, size);
        if (name.equals(PackedFormat.END)) {
          requireChecksum((int) crc.getValue(), Integer.reverseBytes(in.readInt()));
          break;
        }
        if (contents && READ.contains(name)) {
          byte[] payload = new byte[(int) length];
          in.readFully(payload);
          read(new ChunkReader(file, name, at, payload));
        } else {
          skip(in, length);
        }
        at += length;
      }
      if (contents && tensors.size() != expected) {
        throw error("expected " + expected + " tensors, found " + tensors.size());
      }
    }
  }

  private static void skip(DataInputStream in, long length) throws IOException {
    byte[] buffer = new byte[(int) Math.min(length, 1 << 16)];
    for (long left = length; left > 0; ) {
      int next = (int) Math.min(left, buffer.length);
      in.readFully(buffer, 0, next);
      left -= next;
    }
  }

  private void requireLength(String name, long length, long at, long size)
      throws PackedModelException {
    long chunk = at - PackedFormat.CHUNK_HEADER_LENGTH;
    if (length < 0 || length > size - at) {
      throw error(
          String.format(
              "the chunk at byte %d says that it has %s bytes, but the file has %d more",
              chunk, Long.toUnsignedString(length), size - at));
    }
    if (READ.contains(name) && length > Integer.MAX_VALUE - Long.BYTES) {
      throw error("the chunk at byte " + chunk + " has more than 2147483639 bytes");
    }
    if (name.equals(PackedFormat.END)
        && (length != PackedFormat.END_LENGTH || at + length != size)) {
      throw error(
          String.format(
              "the last chunk, at byte %d, should have %d bytes and end the file",
              chunk, PackedFormat.END_LENGTH));
    }
  }

  private void requireChecksum(int found, int expected) throws PackedModelException {
    if (found != expected) {
      throw error(
          String.format(
              "the file is damaged: its checksum should be %08x, but is %08x", expected, found));
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
        if (count < 0 || count > PackedFormat.MAX_LABELS) {
          throw chunk.error("expected at most " + PackedFormat.MAX_LABELS + " class names");
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          read.add(chunk.text());
        }
        labels = read;
        chunk.requireEnd();
        break;
      case PackedFormat.IMAGE_INPUT:
        readImageInput(chunk);
        break;
      case PackedFormat.ACTIVATION_RANGES:
        readRanges(chunk);
        break;
      default: // none other is handed in
    }
  }

  private void addTensor(ChunkReader chunk) throws PackedModelException {
    PackedTensor tensor = TensorChunk.read(chunk);
    if (!names.add(List.of(tensor.layer(), tensor.parameter()))) {
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

  private void readRanges(ChunkReader chunk) throws PackedModelException {
    int count = chunk.u32();
    if (count < 0 || count > PackedFormat.MAX_ACTIVATION_RANGES) {
      throw chunk.error("expected at most " + PackedFormat.MAX_ACTIVATION_RANGES + " ranges");
    }
    Map<String, ActivationRange> read = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = chunk.text();
      float min = chunk.f32();
      float max = chunk.f32();
      ActivationRange before;
      try {
        before = read.put(name, new ActivationRange(min, max));
      } catch (IllegalArgumentException e) {
        throw chunk.error(e.getMessage());
      }
      if (before != null) {
        throw chunk.error("the range of \"" + name + "\" is there twice");
      }
    }
    ranges = read;
    chunk.requireEnd();
  }

  private void readConfiguration(ChunkReader chunk) throws PackedModelException {
    ConfigurationChunk read = ConfigurationChunk.read(chunk, check);
    if (configuration != null) {
      throw chunk.error("a second configuration");
    }
    configuration = read.json();
    graph = read.isGraph();
  }

  private PackedModelException error(String what) {
    return new PackedModelException(file + ": " + what);
  }
}
