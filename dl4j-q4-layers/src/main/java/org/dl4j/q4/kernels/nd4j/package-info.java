/**
 * The default {@link org.dl4j.q4.kernels.KernelSet}: ND4J's ops, in the order and the layout in
 * which they reach oneDNN. Depends on {@code nd4j-api} alone. Where the loaded native build has no
 * oneDNN it offers no kernel, and the layers run Deeplearning4j's own code, which is then faster.
 */
package org.dl4j.q4.kernels.nd4j;
