/**
 * The commands {@code convert} and {@code summary}: a saved network becomes a 4-bit one or a
 * full-precision one again, and what its parameters are.
 *
 * <p>The work is the library's ({@code org.dl4j.q4.convert}); here are options, files and tables.
 */
package org.dl4j.q4.examples.convert;
