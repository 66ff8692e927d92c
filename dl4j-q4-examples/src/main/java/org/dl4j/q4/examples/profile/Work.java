package org.dl4j.q4.examples.profile;

/** Kinds of work in a step; the name is what a table shows. */
enum Work {
  CONVOLUTION("convolution"),
  DENSE("dense"),
  BATCH_NORM("batch norm, ReLU"),
  POOLING("pooling"),
  ACTIVATION("activation"),
  OUTPUT("output layer, loss"),
  QUANTIZATION("quantization"),
  DROPOUT("dropout"),
  PREPROCESSOR("preprocessors, layout"),
  /** What layers with a kernel do around it: room in workspaces, views, gradients' bookkeeping. */
  LAYER_CODE("layers around kernels"),
  GRADIENT_CLIP("gradient norm, clip"),
  UPDATER("updater"),
  WEIGHT_DECAY("weight decay"),
  /** Division of the gradient by the batch size, and w ← w − update. */
  PARAMETER_STEP("batch division, w - update"),
  SOFT_CLIP("soft clip, constraints"),
  /** The one kind that is not measured but left over: DL4J between all of these. */
  REST("not accounted for");

  private final String title;

  Work(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
