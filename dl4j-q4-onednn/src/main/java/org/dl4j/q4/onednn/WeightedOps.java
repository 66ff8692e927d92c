package org.dl4j.q4.onednn;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;

/** Ways to do the same, the preferred one first. The last one is expected to work always. */
final class WeightedOps {

  private final List<WeightedOp> ways;

  WeightedOps(WeightedOp... ways) {
    this.ways = List.of(ways);
  }

  /**
   * @param maker makes a descriptor for a way; throws if oneDNN has no kernel for it
   * @return the first way for which it has
   */
  Choice choose(Function<WeightedOp, primitive_desc> maker) {
    RuntimeException refusal = null;
    for (WeightedOp op : ways) {
      try {
        return new Choice(op, maker.apply(op));
      } catch (RuntimeException e) {
        refusal = e;
      }
    }
    throw new IllegalStateException("oneDNN has no kernel for this shape", refusal);
  }

  /** A way and what was made for it. */
  static final class Choice {

    final primitive_desc descriptor;
    private final WeightedOp op;

    Choice(WeightedOp op, primitive_desc descriptor) {
      this.op = op;
      this.descriptor = descriptor;
    }

    primitive primitive() {
      return op.primitive(descriptor);
    }
  }
}
