package org.dl4j.q4.examples.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataIndex;
import org.datavec.api.writable.Writable;

/**
 * Reads the binary CIFAR files as DataVec records: an {@code NDArrayWritable} of type UINT8 and
 * shape [3, 32, 32] in RGB, and the label as an {@code IntWritable}.
 *
 * <p>The split's {@code .bin} files are read in the order of their paths; other files beside them
 * are passed over. Every file's length is checked in {@code initialize}, so a truncated download is
 * refused before the first record.
 *
 * <p>Unlike DataVec's {@code CifarLoader}, it never mixes the test file into the training files: a
 * split that holds both is an error. A record that is damaged or missing its end is an {@link
 * ImageDataException} naming the file and the offset.
 */
public final class CifarRecordReader extends AbstractImageRecordReader {
  private static final String SUFFIX = ".bin";

  private final CifarFormat format;
  private List<Path> files = List.of();
  private long[] recordCounts = {};
  private int file;
  private long index;
  private InputStream stream;

  public CifarRecordReader(CifarFormat format) {
    this.format = format;
  }

  @Override
  List<String> open(List<Path> locations) throws IOException {
    close();
    List<Path> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path location : locations) {
      String name = location.getFileName().toString();
      if (name.endsWith(SUFFIX)) {
        found.add(location);
        names.add(name);
      }
    }
    if (found.isEmpty()) {
      throw new ImageDataException(
          "Expected "
              + SUFFIX
              + " files of the "
              + format.dataSet()
              + " binary format, found "
              + (locations.isEmpty() ? "no files" : "only " + locations));
    }
    if (names.contains(format.testFileName()) && names.removeAll(format.trainFileNames())) {
      throw new ImageDataException(
          "Expected either the training files or the test file, found both: " + found);
    }
    recordCounts = new long[found.size()];
    for (int i = 0; i < recordCounts.length; i++) {
      recordCounts[i] = recordCount(found.get(i));
    }
    files = found;
    file = 0;
    index = 0;
    return format.classNames(found.get(0).toAbsolutePath().getParent());
  }

  private long recordCount(Path path) throws IOException {
    long bytes = Files.size(path);
    int record = format.recordBytes();
    if (bytes == 0 || bytes % record != 0) {
      throw new ImageDataException(
          String.format(
              "%s: expected whole records of %d bytes (%s binary format), found %d bytes:"
                  + " %d records and %d bytes more",
              path, record, format.dataSet(), bytes, bytes / record, bytes % record));
    }
    return bytes / record;
  }

  @Override
  public boolean hasNext() {
    return file < files.size();
  }

  @Override
  Record readNext() throws IOException {
    Path path = files.get(file);
    if (stream == null) {
      stream = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    }
    byte[] bytes = stream.readNBytes(format.recordBytes());
    Record record = record(format.decode(bytes, path, index), path, index);
    index++;
    if (index == recordCounts[file]) {
      close();
      file++;
      index = 0;
    }
    return record;
  }

  private static Record record(LabelledImage image, Path path, long index) {
    return new org.datavec.api.records.impl.Record(
        image.toRecord(), new RecordMetaDataIndex(index, path.toUri(), CifarRecordReader.class));
  }

  /** Reads one record from the stream's position. */
  @Override
  public List<Writable> record(URI uri, DataInputStream dataInputStream) throws IOException {
    byte[] bytes = dataInputStream.readNBytes(format.recordBytes());
    return format.decode(bytes, toPath(uri), 0).toRecord();
  }

  /**
   * @param metaData what {@link #nextRecord()} gave with the record
   */
  @Override
  public Record loadFromMetaData(RecordMetaData metaData) throws IOException {
    if (!(metaData instanceof RecordMetaDataIndex)) {
      throw new IllegalArgumentException(
          "Expected the RecordMetaDataIndex of a record of this reader, found " + metaData);
    }
    Path path = toPath(metaData.getURI());
    long wanted = ((RecordMetaDataIndex) metaData).getIndex();
    long count = recordCount(path);
    if (wanted < 0 || wanted >= count) {
      throw new IllegalArgumentException(
          path + ": expected a record from 0 to " + (count - 1) + ", found " + wanted);
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      channel.position(wanted * format.recordBytes());
      byte[] bytes = Channels.newInputStream(channel).readNBytes(format.recordBytes());
      return record(format.decode(bytes, path, wanted), path, wanted);
    }
  }

  @Override
  public void reset() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file = 0;
    index = 0;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
