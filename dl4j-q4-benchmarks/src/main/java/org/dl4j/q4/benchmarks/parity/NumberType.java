package org.dl4j.q4.benchmarks.parity;

/** What both sides compute in. */
enum NumberType {
  DOUBLE,
  FLOAT
}
