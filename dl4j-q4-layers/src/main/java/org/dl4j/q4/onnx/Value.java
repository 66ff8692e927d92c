package org.dl4j.q4.onnx;

/** An edge of the ONNX graph: its name, and the layout that it has in the network. */
final class Value {

  private final String name;
  private final Layout layout;

  Value(String name, Layout layout) {
    this.name = name;
    this.layout = layout;
  }

  String name() {
    return name;
  }

  Layout layout() {
    return layout;
  }

  /** The same layout under another name: what an element-wise node gives. */
  Value renamed(String other) {
    return new Value(other, layout);
  }
}
