package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.dl4j.q4.onednn.runtime.Engine;

/** The product of a matrix [batch, in] with weights that oneDNN counts as [out, in]. */
final class InnerProductOp implements WeightedOp {

  @Override
  public boolean choosesLayout() {
    return false;
  }

  @Override
  public primitive_desc forward(
      memory.desc source,
      memory.desc weights,
      memory.desc bias,
      memory.desc destination,
      primitive_attr attributes) {
    int kind = dnnl.dnnl_forward_training;
    inner_product_forward.desc descriptor =
        bias == null
            ? new inner_product_forward.desc(kind, source, weights, destination)
            : new inner_product_forward.desc(kind, source, weights, bias, destination);
    return new inner_product_forward.primitive_desc(descriptor, attributes, Engine.cpu(), false);
  }

  @Override
  public primitive_desc backwardData(
      memory.desc sourceGradient,
      memory.desc weights,
      memory.desc destinationGradient,
      primitive_attr attributes,
      primitive_desc forward) {
    return new inner_product_backward_data.primitive_desc(
        new inner_product_backward_data.desc(sourceGradient, weights, destinationGradient),
        attributes,
        Engine.cpu(),
        (inner_product_forward.primitive_desc) forward,
        false);
  }

  @Override
  public primitive_desc backwardWeights(
      memory.desc source,
      memory.desc weightGradient,
      memory.desc biasGradient,
      memory.desc destinationGradient,
      primitive_attr attributes,
      primitive_desc forward) {
    inner_product_backward_weights.desc descriptor =
        biasGradient == null
            ? new inner_product_backward_weights.desc(source, weightGradient, destinationGradient)
            : new inner_product_backward_weights.desc(
                source, weightGradient, biasGradient, destinationGradient);
    return new inner_product_backward_weights.primitive_desc(
        descriptor,
        attributes,
        Engine.cpu(),
        (inner_product_forward.primitive_desc) forward,
        false);
  }

  @Override
  public primitive primitive(primitive_desc descriptor) {
    if (descriptor instanceof inner_product_forward.primitive_desc) {
      return new inner_product_forward((inner_product_forward.primitive_desc) descriptor);
    }
    if (descriptor instanceof inner_product_backward_data.primitive_desc) {
      return new inner_product_backward_data(
          (inner_product_backward_data.primitive_desc) descriptor);
    }
    return new inner_product_backward_weights(
        (inner_product_backward_weights.primitive_desc) descriptor);
  }
}
