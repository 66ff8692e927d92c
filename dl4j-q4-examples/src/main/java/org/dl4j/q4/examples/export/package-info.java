/**
 * Commands that write a saved network for use elsewhere: {@code export-onnx}.
 *
 * <p>The work is the library's ({@code org.dl4j.q4.onnx}); here are options and files.
 */
package org.dl4j.q4.examples.export;
