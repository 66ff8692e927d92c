package org.dl4j.q4.examples.data;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datavec.api.records.reader.impl.collection.ListStringRecordReader;
import org.datavec.api.writable.Writable;

/**
 * Gives records of images from memory. The parent has what else the contract asks, which no test
 * calls.
 */
final class ListRecordReader extends ListStringRecordReader {
  private final List<String> classNames;
  private final Iterator<List<Writable>> records;

  ListRecordReader(List<String> classNames, LabelledImage... images) {
    this.classNames = classNames;
    records =
        Stream.of(images).map(LabelledImage::toRecord).collect(Collectors.toList()).iterator();
  }

  @Override
  public List<String> getLabels() {
    return classNames;
  }

  @Override
  public boolean hasNext() {
    return records.hasNext();
  }

  @Override
  public List<Writable> next() {
    return records.next();
  }
}
