package org.dl4j.q4.ui;

/** A request that cannot be answered, through its own fault or the state of the storages. */
final class RequestException extends RuntimeException {

  private final int status;

  RequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Of HTTP. */
  int status() {
    return status;
  }
}
