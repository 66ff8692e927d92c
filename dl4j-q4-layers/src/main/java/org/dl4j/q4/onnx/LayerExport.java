package org.dl4j.q4.onnx;

import org.dl4j.q4.network.Step;

/** Writes the layers of one type. */
@FunctionalInterface
interface LayerExport {

  /**
   * @param step a layer of this type
   * @param input what comes in, behind the preprocessor
   * @param graph gets the nodes
   * @return what goes out
   * @throws UnsupportedInOnnxException if the layer has an option that cannot be written
   */
  Value write(Step step, Value input, GraphWriter graph);
}
