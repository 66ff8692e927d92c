/**
 * The command line's options of images, for every command that needs some: {@code DataOptions}, and
 * where they are ({@code ImageSource}; of CIFAR, {@code CifarSource}: a named folder or archive,
 * DL4J's cache folder, a download).
 *
 * <p>Builds on {@code data} and {@code data.cache}, and knows picocli; no network.
 */
package org.dl4j.q4.examples.data.source;
