package org.dl4j.q4.packed;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dl4j.q4.io.AtomicFile;
import org.nd4j.linalg.api.buffer.DataType;

/** Writes a {@link PackedModel} in the format of docs/q4-format.md. */
final class PackedEncoder {

  /** A chunk of the file: its payload is its parts, one after the other. */
  private static final class Chunk {
    private final String type;
    private final byte[][] parts;

    Chunk(String type, byte[]... parts) {
      this.type = type;
      this.parts = parts;
    }

    long length() {
      long length = 0;
      for (byte[] part : parts) {
        length += part.length;
      }
      return length;
    }
  }

  private PackedEncoder() {}

  static long length(PackedModel model) {
    long length = PackedFormat.HEADER_LENGTH;
    length += (long) PackedFormat.CHUNK_HEADER_LENGTH + PackedFormat.END_LENGTH;
    for (Chunk chunk : chunks(model)) {
      length += PackedFormat.CHUNK_HEADER_LENGTH + chunk.length();
    }
    return length;
  }

  static void write(PackedModel model, Path file) throws IOException {
    AtomicFile.write(
        file.toAbsolutePath(),
        part -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            write(model, out);
          }
        });
  }

  private static void write(PackedModel model, OutputStream out) throws IOException {
    CRC32 crc = new CRC32();
    OutputStream checked = new CheckedOutputStream(out, crc);
    checked.write(PackedFormat.MAGIC);
    checked.write(
        new ByteWriter().u32(PackedFormat.VERSION).u32(model.tensors().size()).toByteArray());
    for (Chunk chunk : chunks(model)) {
      checked.write(header(chunk.type, chunk.length()));
      for (byte[] part : chunk.parts) {
        checked.write(part);
      }
    }
    checked.write(header(PackedFormat.END, PackedFormat.END_LENGTH));
    out.write(new ByteWriter().u32((int) crc.getValue()).toByteArray());
  }

  private static byte[] header(String type, long length) {
    return new ByteWriter().raw(type.getBytes(StandardCharsets.US_ASCII)).u64(length).toByteArray();
  }

  private static List<Chunk> chunks(PackedModel model) {
    List<Chunk> chunks = new ArrayList<>();
    if (!model.labels().isEmpty()) {
      ByteWriter labels = new ByteWriter().u32(model.labels().size());
      model.labels().forEach(labels::text);
      chunks.add(new Chunk(PackedFormat.LABELS, labels.toByteArray()));
    }
    model
        .imageInput()
        .ifPresent(
            input -> {
              ByteWriter bytes =
                  new ByteWriter().u32(input.height()).u32(input.width()).u8(input.channels());
              for (int c = 0; c < input.channels(); c++) {
                bytes.f32(input.mean(c)).f32(input.deviation(c));
              }
              chunks.add(new Chunk(PackedFormat.IMAGE_INPUT, bytes.toByteArray()));
            });
    if (!model.activationRanges().isEmpty()) {
      ByteWriter ranges = new ByteWriter().u32(model.activationRanges().size());
      model
          .activationRanges()
          .forEach((name, range) -> ranges.text(name).f32(range.min()).f32(range.max()));
      chunks.add(new Chunk(PackedFormat.ACTIVATION_RANGES, ranges.toByteArray()));
    }
    model.tensors().forEach(tensor -> chunks.add(chunk(tensor)));
    chunks.add(configuration(model)); // last, since readers without Deeplearning4j skip it
    return chunks;
  }

  private static Chunk chunk(PackedTensor tensor) {
    ByteWriter head =
        new ByteWriter()
            .text(tensor.layer())
            .text(tensor.parameter())
            .u8(tensor.isQuantized() ? tensor.bits() : 0)
            .u8(tensor.type() == DataType.DOUBLE ? PackedFormat.DOUBLE : PackedFormat.FLOAT)
            .u8(
                tensor.channelDimension() < 0
                    ? PackedFormat.NO_CHANNELS
                    : tensor.channelDimension())
            .u8(tensor.shape().length);
    for (long size : tensor.shape()) {
      head.u32(Math.toIntExact(size));
    }
    return new Chunk(
        PackedFormat.TENSOR, head.toByteArray(), tensor.scaleBytes(), tensor.elementBytes());
  }

  private static Chunk configuration(PackedModel model) {
    byte[] json = model.configuration().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (OutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(json);
    } catch (IOException e) {
      throw new IllegalStateException("in memory", e);
    } finally {
      deflater.end();
    }
    byte[] head =
        new ByteWriter()
            .u8(model.isGraph() ? PackedFormat.COMPUTATION_GRAPH : PackedFormat.MULTI_LAYER_NETWORK)
            .u32(json.length)
            .toByteArray();
    return new Chunk(PackedFormat.CONFIGURATION, head, deflated.toByteArray());
  }
}
