package org.dl4j.q4.packed;

/** The numbers of the file format that docs/q4-format.md publishes. */
final class PackedFormat {

  /**
   * The first eight bytes: no text begins so, and a transfer that changes line ends or cuts the
   * eighth bit changes them.
   */
  static final byte[] MAGIC = {(byte) 0x89, 'Q', '4', 'N', '\r', '\n', 0x1a, '\n'};

  static final int VERSION = 1;

  /** Magic, version and number of tensors. */
  static final int HEADER_LENGTH = MAGIC.length + 2 * Integer.BYTES;

  /** Type and length. */
  static final int CHUNK_HEADER_LENGTH = Integer.BYTES + Long.BYTES;

  /** Payload of the last chunk: a CRC-32. */
  static final int END_LENGTH = Integer.BYTES;

  static final String CONFIGURATION = "CONF";
  static final String TENSOR = "TENS";
  static final String LABELS = "LABL";
  static final String IMAGE_INPUT = "IMAG";
  static final String ACTIVATION_RANGES = "ACTV";
  static final String END = "END ";

  /** In a {@link #CONFIGURATION}: what it is of. */
  static final int MULTI_LAYER_NETWORK = 1;

  /** In a {@link #CONFIGURATION}: what it is of. */
  static final int COMPUTATION_GRAPH = 2;

  /** In a {@link #TENSOR}: FLOAT numbers or scales. */
  static final int FLOAT = 4;

  /** In a {@link #TENSOR}: DOUBLE numbers or scales. */
  static final int DOUBLE = 8;

  /** In a {@link #TENSOR}: one scale for all. */
  static final int NO_CHANNELS = 255;

  /** ND4J's limit. */
  static final int MAX_RANK = 32;

  /** Bytes of a configuration's JSON: a hundred times those of the largest zoo model. */
  static final int MAX_CONFIGURATION = 1 << 25;

  /** Brackets within brackets in it; a parser needs stack for each. */
  static final int MAX_DEPTH = 200;

  /** Names, values and brackets in it; each may take a hundred bytes or two. */
  static final int MAX_TOKENS = 1 << 20;

  /** Objects in it, of which a layer has about ten; each may take a thousand bytes. */
  static final int MAX_OBJECTS = 1 << 16;

  /** Of a number in it: a parser's time is their square. */
  static final int MAX_DIGITS = 1000;

  static final int MAX_LABELS = 1 << 20;

  static final int MAX_ACTIVATION_RANGES = 1 << 16;

  private PackedFormat() {}
}
