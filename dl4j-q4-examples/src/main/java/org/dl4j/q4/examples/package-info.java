/**
 * The main program {@code q4.jar} and short example mains to copy from.
 *
 * <p>{@link org.dl4j.q4.examples.Q4} dispatches to subcommands; {@code train} is in {@code
 * org.dl4j.q4.examples.train}, on the models of {@code model} and the images of {@code data}.
 */
package org.dl4j.q4.examples;
