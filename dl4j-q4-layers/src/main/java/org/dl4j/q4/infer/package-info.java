/** Inference with 8-bit activations and integer arithmetic. */
package org.dl4j.q4.infer;
