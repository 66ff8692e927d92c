package org.dl4j.q4.stats.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.deeplearning4j.core.storage.Persistable;
import org.dl4j.q4.stats.QuantizationReport;
import org.dl4j.q4.stats.ReportCodec;

/**
 * A {@link QuantizationReport} as DL4J's storages keep it. Its bytes, numbers big-endian, strings
 * those of {@link DataOutputStream#writeUTF}:
 *
 * <pre>
 *   int     magic, "Q4SP"
 *   short   version, 1
 *   string  session ID      string  worker ID      long  time stamp
 *   the rest: the report as {@link ReportCodec} encodes it
 * </pre>
 *
 * <p>Storages make one without contents and let it decode itself.
 */
public final class PersistableReport implements Persistable {

  /** Tells these records from those of other listeners. */
  public static final String TYPE_ID = "Q4StatsListener";

  private static final long serialVersionUID = 1;
  private static final int MAGIC = 0x51345350; // "Q4SP"
  private static final short VERSION = 1;

  private transient String sessionId;
  private transient String workerId;
  private transient long timestamp;
  private transient QuantizationReport report;

  /** For storages: {@code decode} gives it contents. */
  public PersistableReport() {}

  /**
   * @param sessionId the session that it belongs to
   * @param workerId who reports
   * @param timestamp by which a storage finds it among the worker's, in milliseconds since 1970
   * @param report what is reported
   */
  public PersistableReport(
      String sessionId, String workerId, long timestamp, QuantizationReport report) {
    this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
    this.workerId = Objects.requireNonNull(workerId, "workerId");
    this.timestamp = timestamp;
    this.report = Objects.requireNonNull(report, "report");
  }

  /**
   * @return what is reported; null before {@code decode}
   */
  public QuantizationReport report() {
    return report;
  }

  @Override
  public String getSessionID() {
    return sessionId;
  }

  @Override
  public String getTypeID() {
    return TYPE_ID;
  }

  @Override
  public String getWorkerID() {
    return workerId;
  }

  @Override
  public long getTimeStamp() {
    return timestamp;
  }

  @Override
  public int encodingLengthBytes() {
    return encode().length;
  }

  @Override
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeShort(VERSION);
      out.writeUTF(sessionId);
      out.writeUTF(workerId);
      out.writeLong(timestamp);
      out.write(ReportCodec.encode(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an ID of more than 65535 bytes
    }
    return bytes.toByteArray();
  }

  @Override
  public void encode(ByteBuffer buffer) {
    buffer.put(encode());
  }

  @Override
  public void encode(OutputStream stream) throws IOException {
    stream.write(encode());
  }

  /**
   * @throws IllegalArgumentException if the bytes are not those of a report that this version knows
   */
  @Override
  public void decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int magic = in.readInt();
      short version = in.readShort();
      if (magic != MAGIC || version != VERSION) {
        throw new IllegalArgumentException(
            String.format(
                "Expected a stored quantization report, %08x in version %d, found %08x in version"
                    + " %d",
                MAGIC, VERSION, magic, version));
      }
      sessionId = in.readUTF();
      workerId = in.readUTF();
      timestamp = in.readLong();
      report = ReportCodec.decode(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "A stored quantization report of " + bytes.length + " bytes ends too early", e);
    }
  }

  @Override
  public void decode(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    decode(bytes);
  }

  @Override
  public void decode(InputStream stream) throws IOException {
    decode(stream.readAllBytes());
  }

  /** Java's serialization, which {@code Persistable} promises, carries the same bytes. */
  private Object writeReplace() {
    return new Serialized(encode());
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("Expected a report's bytes in its place");
  }

  private static final class Serialized implements Serializable {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    Serialized(byte[] bytes) {
      this.bytes = bytes;
    }

    private Object readResolve() {
      PersistableReport persistable = new PersistableReport();
      persistable.decode(bytes);
      return persistable;
    }
  }
}
