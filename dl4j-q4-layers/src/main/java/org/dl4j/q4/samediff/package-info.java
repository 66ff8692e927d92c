/**
 * 4-bit weights in SameDiff graphs.
 *
 * <p>{@link org.dl4j.q4.samediff.SDQ4} adds to a graph, as {@code sd.cnn()} and {@code sd.nn()} do;
 * what it adds is a {@link org.dl4j.q4.samediff.FakeQuantize} of the weights and the stock
 * operation behind it. {@link org.dl4j.q4.samediff.SoftClipListener} clips after each update of
 * {@code sd.fit}. {@link org.dl4j.q4.samediff.OpRegistration} lets ND4J find the op when it loads a
 * graph.
 *
 * <p>The numbers come from {@code quant}, the clip from {@code train}; beyond them the package
 * knows SameDiff alone. In a Deeplearning4j layer built on SameDiff the same calls go into {@code
 * defineLayer}, and {@link org.dl4j.q4.train.SoftClipConstraint} clips.
 */
package org.dl4j.q4.samediff;
