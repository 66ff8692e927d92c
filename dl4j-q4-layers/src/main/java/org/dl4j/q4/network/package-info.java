/**
 * Networks of either kind, seen alike: {@link org.dl4j.q4.network.EitherKind} tells a {@code
 * MultiLayerNetwork} from a {@code ComputationGraph}, and {@link org.dl4j.q4.network.NetworkSteps}
 * makes one list of steps of both. Whoever makes something else of a network, an ONNX file or a
 * plan for inference, begins there.
 *
 * <p>Depends on Deeplearning4j alone.
 */
package org.dl4j.q4.network;
