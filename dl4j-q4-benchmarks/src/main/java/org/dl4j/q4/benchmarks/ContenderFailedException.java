package org.dl4j.q4.benchmarks;

/**
 * A contender cannot be started, its process ended, or it answered what it should not have. The
 * message says all there is to say.
 */
final class ContenderFailedException extends RuntimeException {

  ContenderFailedException(String message) {
    super(message);
  }
}
