package org.dl4j.q4.stats;

/**
 * The 99.9th percentile of n numbers by nearest rank, the ⌈0.999 n⌉-th smallest, and the largest.
 * It keeps only the numbers from there on, in a heap with the smallest on top: of a million in any
 * order but the ascending, few get in.
 */
final class UpperPercentile {

  private final double[] heap;
  private int size;
  private double largest = Double.NEGATIVE_INFINITY;

  /**
   * @param count how many numbers will be added, at least 1
   */
  UpperPercentile(int count) {
    this.heap = new double[count - Math.toIntExact((999L * count + 999) / 1000) + 1];
  }

  void add(double number) {
    largest = Math.max(largest, number);
    if (size < heap.length) {
      heap[size] = number;
      up(size++);
    } else if (number > heap[0]) {
      heap[0] = number;
      down();
    }
  }

  /** The percentile, when all numbers are in. */
  double value() {
    return heap[0];
  }

  double largest() {
    return largest;
  }

  private void up(int from) {
    int child = from;
    while (child > 0 && heap[child] < heap[(child - 1) / 2]) {
      swap(child, (child - 1) / 2);
      child = (child - 1) / 2;
    }
  }

  private void down() {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[parent] <= heap[child]) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }

  private void swap(int one, int other) {
    double kept = heap[one];
    heap[one] = heap[other];
    heap[other] = kept;
  }
}
