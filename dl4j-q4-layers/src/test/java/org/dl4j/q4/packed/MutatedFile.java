package org.dl4j.q4.packed;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A packed model taken apart into its chunks, changed as a fuzzer says, and put together again with
 * right lengths, the configuration deflated and a right checksum: what one changes by hand to get
 * past all of those.
 */
final class MutatedFile {

  /** What a number, a name or a value becomes, besides what the fuzzer makes up. */
  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1",
          "2147483647",
          "-2147483648",
          "9223372036854775807",
          "4294967296",
          "1e308",
          "0.5",
          "\"NaN\"",
          "null",
          "true",
          "[]",
          "{}",
          "[1, 2]",
          "\"\"",
          "\"HALF\"",
          "\"DOUBLE\"",
          "\"UTF8\"",
          "\"FIXED\"",
          "\"NHWC\"",
          "\"java.lang.ProcessBuilder\"",
          "\"org.deeplearning4j.nn.conf.layers.LSTM\"",
          "\"org.deeplearning4j.nn.conf.layers.EmbeddingLayer\"",
          "\"org.dl4j.q4.layers.Q4DepthwiseConvolution2D\"",
          "\"org.dl4j.q4.layers.Q4SelfAttentionLayer\"",
          "\"org.nd4j.linalg.activations.impl.ActivationPReLU\"");

  /** A string, a number or a word: what stands in JSON between brackets, commas and colons. */
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9][0-9.eE+-]*|[a-z]+");

  private static final class Chunk {
    private final String type;
    private byte[] payload;

    Chunk(String type, byte[] payload) {
      this.type = type;
      this.payload = payload;
    }
  }

  private final List<Chunk> chunks = new ArrayList<>();

  /** As the header says. */
  private int tensors;

  /**
   * @param file a whole one
   */
  MutatedFile(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    in.position(PackedFormat.MAGIC.length + Integer.BYTES);
    tensors = in.getInt();
    while (in.hasRemaining()) {
      byte[] type = new byte[Integer.BYTES];
      in.get(type);
      byte[] payload = new byte[Math.toIntExact(in.getLong())];
      in.get(payload);
      chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), payload));
    }
    chunks.remove(chunks.size() - 1); // the checksum
  }

  /** Changes one thing in one chunk. */
  void mutate(FuzzedDataProvider data) {
    Chunk chunk = chunks.get(data.consumeInt(0, chunks.size() - 1));
    int at = data.consumeInt(0, chunk.payload.length);
    switch (data.consumeInt(0, 9)) {
      case 0:
        chunk.payload = splice(chunk.payload, at, 1, data.consumeBytes(1));
        break;
      case 1:
        chunk.payload = splice(chunk.payload, at, Integer.BYTES, data.consumeBytes(Integer.BYTES));
        break;
      case 2:
        chunk.payload = splice(chunk.payload, at, data.consumeInt(0, 16), new byte[0]);
        break;
      case 3:
        chunk.payload = splice(chunk.payload, at, 0, data.consumeBytes(data.consumeInt(0, 16)));
        break;
      case 4: // early, where the names, widths and sizes are
        chunk.payload = splice(chunk.payload, at % 32, 1, data.consumeBytes(1));
        break;
      case 5:
        chunks.add(data.consumeInt(0, chunks.size()), new Chunk(chunk.type, chunk.payload));
        tensors += data.consumeInt(0, 1);
        break;
      case 6:
        if (chunks.size() > 1) {
          chunks.remove(chunk);
          tensors -= data.consumeInt(0, 1);
        }
        break;
      default:
        mutateConfiguration(data);
    }
  }

  private void mutateConfiguration(FuzzedDataProvider data) {
    for (Chunk chunk : chunks) {
      if (chunk.type.equals(PackedFormat.CONFIGURATION)) {
        String json = mutate(inflated(chunk.payload), data);
        chunk.payload = configuration(chunk.payload, json);
        return;
      }
    }
  }

  private static String mutate(String json, FuzzedDataProvider data) {
    List<int[]> tokens = new ArrayList<>();
    for (Matcher matcher = TOKEN.matcher(json); matcher.find(); ) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
    if (tokens.isEmpty()) {
      return json;
    }
    int[] token = tokens.get(data.consumeInt(0, tokens.size() - 1));
    int[] other = tokens.get(data.consumeInt(0, tokens.size() - 1));
    String before = json.substring(0, token[0]);
    String after = json.substring(token[1]);
    switch (data.consumeInt(0, 4)) {
      case 0:
        return before + data.pickValue(VALUES) + after;
      case 1:
        return before + data.consumeInt() + after;
      case 2:
        return before + '"' + data.consumeAsciiString(20) + '"' + after;
      case 3: // another's
        return before + json.substring(other[0], other[1]) + after;
      default: // all between the two
        return json.substring(0, Math.min(token[0], other[0]))
            + json.substring(Math.max(token[0], other[0]));
    }
  }

  private static String inflated(byte[] configuration) {
    int head = Math.min(1 + Integer.BYTES, configuration.length);
    try {
      InflaterInputStream in =
          new InflaterInputStream(
              new ByteArrayInputStream(configuration, head, configuration.length - head));
      return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // changed before it was taken apart
    }
  }

  private static byte[] configuration(byte[] before, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("in memory", e);
    }
    return new ByteWriter()
        .u8(before.length > 0 ? before[0] : 1)
        .u32(bytes.length)
        .raw(deflated.toByteArray())
        .toByteArray();
  }

  private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
    int start = Math.min(at, bytes.length);
    return new ByteWriter()
        .raw(Arrays.copyOf(bytes, start))
        .raw(inserted)
        .raw(Arrays.copyOfRange(bytes, Math.min(start + removed, bytes.length), bytes.length))
        .toByteArray();
  }

  byte[] toByteArray() {
    ByteWriter out =
        new ByteWriter().raw(PackedFormat.MAGIC).u32(PackedFormat.VERSION).u32(tensors);
    for (Chunk chunk : chunks) {
      out.raw(chunk.type.getBytes(StandardCharsets.US_ASCII))
          .u64(chunk.payload.length)
          .raw(chunk.payload);
    }
    out.raw(PackedFormat.END.getBytes(StandardCharsets.US_ASCII)).u64(PackedFormat.END_LENGTH);
    return withChecksum(out.u32(0).toByteArray());
  }

  /** Of a changed file, so that what lies inside is looked at. */
  static byte[] withChecksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
    return bytes;
  }
}
