/**
 * What everything here that calls oneDNN stands on: its engine and a thread's stream, primitives
 * with their arguments, working memory, and what was made for the shapes seen so far. For this
 * module's packages alone. Depends on oneDNN's preset and ND4J's arrays.
 */
package org.dl4j.q4.onednn.runtime;
