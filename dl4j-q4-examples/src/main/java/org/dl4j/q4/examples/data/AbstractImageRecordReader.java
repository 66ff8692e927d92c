package org.dl4j.q4.examples.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;

/** What DataVec's contract asks of both readers alike. */
abstract class AbstractImageRecordReader extends BaseRecordReader {
  private Configuration configuration;
  private List<String> classNames;

  /**
   * Looks at the split's files and goes to the first record.
   *
   * @param locations the split's files, sorted: a folder listing has no order of its own
   * @return the names of the classes, in the order of their labels
   */
  abstract List<String> open(List<Path> locations) throws IOException;

  /** Reads the record that {@link #hasNext()} promised. */
  abstract Record readNext() throws IOException;

  @Override
  public void initialize(InputSplit split) throws IOException, InterruptedException {
    super.initialize(split);
    List<Path> locations = new ArrayList<>();
    for (URI location : split.locations()) {
      locations.add(toPath(location).normalize());
    }
    locations.sort(null);
    classNames = open(locations);
  }

  @Override
  public void initialize(Configuration conf, InputSplit split)
      throws IOException, InterruptedException {
    setConf(conf);
    initialize(split);
  }

  static Path toPath(URI location) {
    try {
      return Paths.get(location);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new ImageDataException(location + ": expected the URI of a file", e);
    }
  }

  @Override
  public List<Writable> next() {
    return nextRecord().getRecord();
  }

  @Override
  public Record nextRecord() {
    if (!hasNext()) {
      throw new NoSuchElementException("No record is left: ask hasNext() first, or reset()");
    }
    try {
      Record record = readNext();
      invokeListeners(record);
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) throws IOException {
    List<Record> records = new ArrayList<>();
    for (RecordMetaData one : metaData) {
      records.add(loadFromMetaData(one));
    }
    return records;
  }

  @Override
  public List<String> getLabels() {
    if (classNames == null) {
      throw new IllegalStateException("The labels are known after initialize(InputSplit) only");
    }
    return classNames;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public void setConf(Configuration conf) {
    configuration = conf;
  }

  @Override
  public Configuration getConf() {
    return configuration;
  }
}
