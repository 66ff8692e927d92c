package org.dl4j.q4.examples.data;

import java.util.List;
import org.datavec.api.records.listener.RecordListener;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.writer.RecordWriter;

/** Keeps the records that a reader announces. */
final class RecordingListener implements RecordListener {
  private final List<Object> records;

  RecordingListener(List<Object> records) {
    this.records = records;
  }

  @Override
  public boolean invoked() {
    return !records.isEmpty();
  }

  @Override
  public void invoke() {}

  @Override
  public void recordRead(RecordReader reader, Object record) {
    records.add(record);
  }

  @Override
  public void recordWrite(RecordWriter writer, Object record) {
    throw new AssertionError("A reader writes nothing");
  }
}
