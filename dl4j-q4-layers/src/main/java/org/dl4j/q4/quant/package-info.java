/**
 * The one quantizer: every 4-bit number of this project, in a layer, a statistic or a file, comes
 * from {@link org.dl4j.q4.quant.Quantizer}.
 *
 * <p>A float weight tensor goes in; a scale, integer codes, and the values {@code code · scale}
 * come out. The package knows ND4J's arrays and nothing else: no Deeplearning4j class, no backend.
 */
package org.dl4j.q4.quant;
