/**
 * Existing configurations and trained networks become 4-bit ones, and back.
 *
 * <p>{@link org.dl4j.q4.convert.Q4Converter} takes a configuration or a network and hands out its
 * counterpart with a {@link org.dl4j.q4.convert.ConversionReport}. A configuration goes through its
 * JSON ({@code LayerNodes}): everything a layer has is in there, or it could not be saved, and a
 * 4-bit layer has the same properties and one more. A network's parameters and updater state are
 * copied to the new one. Nothing that is handed in is changed.
 *
 * <p>Depends on {@code layers} and {@code quant}.
 */
package org.dl4j.q4.convert;
