/**
 * What commands predict with: a network as Deeplearning4j runs it, or an engine made of it ({@code
 * --engine}).
 *
 * <p>Knows networks and the library's engine; no images.
 */
package org.dl4j.q4.examples.predict;
