package org.dl4j.q4.samediff;

import org.nd4j.linalg.env.EnvironmentalAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@link FakeQuantize} known to ND4J when ND4J starts, so that {@code SameDiff.load} finds
 * the class for the name in a file.
 *
 * <p>ND4J keeps its ops in a table that nothing but code can add to. It does look for {@link
 * EnvironmentalAction} services when it starts, though, and this class is declared as one: with
 * this library on the class path the op is known before the first graph can be loaded.
 *
 * <p>The table, when first asked for, makes one object of each of ND4J's ops; here that happens
 * while ND4J starts, in the same thread, when the executioner is already there. Two threads could
 * wait for each other only if another one went to the table while ND4J is not up, and building or
 * loading a graph starts ND4J before that.
 */
public final class OpRegistration implements EnvironmentalAction {

  private static final Logger log = LoggerFactory.getLogger(OpRegistration.class);

  /** For ND4J's service loader. */
  public OpRegistration() {
    try {
      FakeQuantize.register();
    } catch (RuntimeException | LinkageError e) {
      // Thrown on, it would keep ND4J from starting for those who never load a graph.
      log.warn("Graphs that hold \"{}\" cannot be loaded", FakeQuantize.OP_NAME, e);
    }
  }

  /**
   * @return a variable of the environment that nobody sets: there is no value to wait for
   */
  @Override
  public String targetVariable() {
    return "DL4J_Q4_OP_REGISTRATION";
  }

  @Override
  public void process(String value) {}
}
