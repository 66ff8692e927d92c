package org.dl4j.q4.examples.data;

/**
 * A file or folder of images is not what it should be. The message names it and says what was
 * expected and what was found, so that a program can print it as it stands.
 *
 * <p>Failures of the file system itself stay {@link java.io.IOException}s.
 */
public final class ImageDataException extends RuntimeException {
  public ImageDataException(String message) {
    super(message);
  }

  public ImageDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
