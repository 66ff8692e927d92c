package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;

/**
 * What convolution and inner product have in common: source, weights, bias, destination, and a
 * forward and two backward primitives over them. A missing bias is null. Making a descriptor throws
 * a RuntimeException if oneDNN has no kernel for it.
 */
interface WeightedOp {

  /** Whether source and destination are to be in the layout that oneDNN likes best, too. */
  boolean choosesLayout();

  primitive_desc forward(
      memory.desc source,
      memory.desc weights,
      memory.desc bias,
      memory.desc destination,
      primitive_attr attributes);

  /** The gradient at the source. */
  primitive_desc backwardData(
      memory.desc sourceGradient,
      memory.desc weights,
      memory.desc destinationGradient,
      primitive_attr attributes,
      primitive_desc forward);

  /** The gradients of weights and bias. */
  primitive_desc backwardWeights(
      memory.desc source,
      memory.desc weightGradient,
      memory.desc biasGradient,
      memory.desc destinationGradient,
      primitive_attr attributes,
      primitive_desc forward);

  /** The primitive of a descriptor that one of the other methods made. */
  primitive primitive(primitive_desc descriptor);
}
