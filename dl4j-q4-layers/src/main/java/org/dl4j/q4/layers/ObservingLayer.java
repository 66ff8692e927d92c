package org.dl4j.q4.layers;

import org.deeplearning4j.nn.api.Layer;

/**
 * Marks a wrapper around a runtime layer that measures or logs, and hands the gradient at the
 * layer's input on without reading it. The first layer of a network then still knows that nobody
 * reads that gradient in a training step, and leaves it out as it does without the wrapper. The
 * marked class itself has to declare {@code backpropGradient}: it is recognized as the caller.
 */
public interface ObservingLayer extends Layer {}
