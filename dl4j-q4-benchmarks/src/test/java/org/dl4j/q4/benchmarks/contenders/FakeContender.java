package org.dl4j.q4.benchmarks.contenders;

import java.util.Map;

/** A contender whose steps cost 1, 2, 3, …, and which fails as it is told to. */
public final class FakeContender implements Contender {

  private final String fault;
  private int steps;

  private FakeContender(String fault) {
    if (fault.equals("at-start")) {
      throw new IllegalStateException("fails at the start");
    }
    this.fault = fault;
  }

  /**
   * @param args the fault: {@code none}, {@code at-start}, {@code in-step}, {@code dies} or {@code
   *     no-protocol}
   */
  public static void main(String[] args) {
    if (args[0].equals("no-protocol")) {
      System.out.println("Hello");
    }
    ContenderMain.run(() -> new FakeContender(args[0]));
  }

  @Override
  public String description() {
    Map<String, String> environment = System.getenv();
    return "fake, MALLOC_ARENA_MAX=" + environment.get("MALLOC_ARENA_MAX");
  }

  @Override
  public double step() {
    System.out.println("libraries print what they like");
    if (fault.equals("in-step")) {
      throw new IllegalStateException("fails in a step");
    }
    if (fault.equals("dies")) {
      Runtime.getRuntime().halt(7);
    }
    return ++steps;
  }
}
