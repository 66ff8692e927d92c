package org.dl4j.q4.examples.profile;

/** The phases of a step, in order; each is a column of the tables. */
enum Phase {
  FORWARD,
  BACKWARD,
  UPDATE
}
