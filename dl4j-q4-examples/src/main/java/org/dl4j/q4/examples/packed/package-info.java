/**
 * The commands {@code export}, {@code inspect} and {@code classify}: a saved network becomes a
 * packed model, what is in one, and what it sees in images.
 *
 * <p>The format is the library's ({@code org.dl4j.q4.packed}); here are options, image files and
 * text.
 */
package org.dl4j.q4.examples.packed;
