package org.dl4j.q4.layers;

import org.dl4j.q4.kernels.NativeBuild;

/** While open, new layers ignore oneDNN and stay on Deeplearning4j's own code. */
final class PlainPath implements AutoCloseable {

  private final String before = System.getProperty(NativeBuild.PROPERTY);

  PlainPath() {
    System.setProperty(NativeBuild.PROPERTY, "false");
  }

  @Override
  public void close() {
    if (before == null) {
      System.clearProperty(NativeBuild.PROPERTY);
    } else {
      System.setProperty(NativeBuild.PROPERTY, before);
    }
  }
}
