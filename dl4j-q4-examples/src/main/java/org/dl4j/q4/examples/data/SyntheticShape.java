package org.dl4j.q4.examples.data;

/**
 * The shapes of the synthetic set, each a set of points in the square [−1, 1]² whose y axis points
 * down. Each one stays itself, and unlike the others, when mirrored or turned by a few degrees.
 */
enum SyntheticShape {
  DISC {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y <= 1;
    }
  },
  RING {
    @Override
    boolean covers(double x, double y) {
      double squaredRadius = x * x + y * y;
      return squaredRadius <= 1 && squaredRadius >= 0.3;
    }
  },
  SQUARE {
    @Override
    boolean covers(double x, double y) {
      return inSquare(x, y);
    }
  },
  TRIANGLE {
    @Override
    boolean covers(double x, double y) {
      return y >= -1 && y <= 0.8 && Math.abs(x) <= (y + 1) / 1.8;
    }
  },
  CROSS {
    @Override
    boolean covers(double x, double y) {
      double across = Math.min(Math.abs(x), Math.abs(y));
      double along = Math.max(Math.abs(x), Math.abs(y));
      return across <= 0.3 && along <= 1;
    }
  },
  STAR {
    // Sine and cosine of the turns from one of the five sides to the next, and half of them.
    private static final double SIN_72 = 0.951;
    private static final double COS_72 = 0.309;
    private static final double SIN_36 = 0.588;
    private static final double COS_36 = 0.809;

    /** The five sides bound a pentagon; a point of the star is beyond one of them at most. */
    @Override
    boolean covers(double x, double y) {
      double side = Math.abs(x);
      int beyond =
          beyond(-y)
              + beyond(SIN_72 * side - COS_72 * y)
              + beyond(-SIN_72 * side - COS_72 * y)
              + beyond(SIN_36 * side + COS_36 * y)
              + beyond(-SIN_36 * side + COS_36 * y);
      return beyond <= 1;
    }

    /** The sides are this far from the centre when the points are at distance 1. */
    private int beyond(double distance) {
      return distance > COS_72 ? 1 : 0;
    }
  },
  STRIPES {
    @Override
    boolean covers(double x, double y) {
      return inSquare(x, y) && inStripe(y, 0.68);
    }
  },
  DIAGONALS {
    @Override
    boolean covers(double x, double y) {
      return inSquare(x, y) && inStripe((x + y) / Math.sqrt(2), 0.68);
    }
  },
  CHECKERBOARD {
    @Override
    boolean covers(double x, double y) {
      return inSquare(x, y) && inStripe(x, 1.133) == inStripe(y, 1.133);
    }
  },
  LETTER_H {
    @Override
    boolean covers(double x, double y) {
      return Math.abs(x) <= 0.75
          && Math.abs(y) <= 0.9
          && (Math.abs(x) >= 0.35 || Math.abs(y) <= 0.2);
    }
  };

  abstract boolean covers(double x, double y);

  private static boolean inSquare(double x, double y) {
    return Math.max(Math.abs(x), Math.abs(y)) <= 0.85;
  }

  /** Stripes and gaps of the same width, half a period each, with a stripe around 0. */
  private static boolean inStripe(double position, double period) {
    double phase = position / period + 0.25;
    return phase - Math.floor(phase) < 0.5;
  }
}
