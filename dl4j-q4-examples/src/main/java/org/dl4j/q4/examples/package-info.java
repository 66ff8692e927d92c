/**
 * The main program {@code q4.jar} and short example mains to copy from.
 *
 * <p>{@link org.dl4j.q4.examples.Q4} dispatches to subcommands; {@code train} is in {@code
 * org.dl4j.q4.examples.train}, on the models of {@code model} and the images of {@code data}.
 *
 * <p>The other classes with a {@code main} are the examples of {@code docs/examples.md}. Each shows
 * one thing in one file; where its images come from is in {@code ExampleImages}.
 */
package org.dl4j.q4.examples;
