package org.dl4j.q4.onednn.infer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.infer.ValueType;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.Task;

/** A value of a program: what it is, from which to which step it is needed, and where it lies. */
final class Value {

  final long batch;

  /** [channels, height, width] or [features]. */
  final long[] shape;

  final ValueType type;

  /** The first step that needs it, and the last one. */
  final int first;

  private int last;
  private final List<memory> views = new ArrayList<>();
  private final Address address = new Address();

  Value(long batch, long[] shape, ValueType type, int first) {
    this.batch = batch;
    this.shape = shape;
    this.type = type;
    this.first = first;
    this.last = first;
  }

  void neededAt(int step) {
    last = Math.max(last, step);
  }

  int last() {
    return last;
  }

  /** Height and width. */
  long[] imageSize() {
    return new long[] {shape[1], shape[2]};
  }

  memory.desc channelsLast() {
    return Types.channelsLast(batch, shape, type);
  }

  memory.desc rows() {
    return Types.rows(batch, shape, type);
  }

  long bytes() {
    return channelsLast().get_size();
  }

  /**
   * @param layout of the same size
   * @return memory with it, at this value's place
   */
  memory view(memory.desc layout) {
    memory view = Task.unbound(layout);
    views.add(view);
    return view;
  }

  void bind(Address place) {
    views.forEach(view -> view.set_data_handle(place));
  }

  void bind(long place) {
    bind(address.at(place));
  }
}
