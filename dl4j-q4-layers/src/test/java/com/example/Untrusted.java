package com.example;

/** Classes that only hostile files name. Each, once initialized, sets the property of its name. */
public final class Untrusted {

  private Untrusted() {}

  /** Named by {@code "@class"}, for Deeplearning4j. */
  static final class ByProperty {
    static {
      leaveTrace(ByProperty.class);
    }
  }

  /** Named by the first element of an array, for Deeplearning4j. */
  static final class ByArray {
    static {
      leaveTrace(ByArray.class);
    }
  }

  /** Named in files, which are refused. */
  static final class Never {
    static {
      leaveTrace(Never.class);
    }
  }

  private static void leaveTrace(Class<?> loaded) {
    System.setProperty(loaded.getName(), "loaded");
  }
}
