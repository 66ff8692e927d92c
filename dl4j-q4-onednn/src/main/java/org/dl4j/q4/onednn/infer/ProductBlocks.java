package org.dl4j.q4.onednn.infer;

import java.util.ArrayList;
import java.util.List;
import org.dl4j.q4.infer.ProductOperation;
import org.dl4j.q4.infer.ValueTypes;
import org.dl4j.q4.infer.WeightStorage;

/**
 * A product, in blocks of output channels if its weights are packed and many: so what they are
 * unpacked into stays small, in memory and in the processor's cache.
 */
final class ProductBlocks {

  /** Of one block, at most, where output channels allow it. Each block costs a call. */
  private static final int MAX_WEIGHTS = 1 << 19;

  /** Kernels compute so many output channels at once. */
  private static final int CHANNELS = 64;

  /** Some output channels of the product. */
  static final class Block {
    final ProductOperation operation;
    final ProductStore store;

    /** The first of the output channels. */
    final int first;

    private Block(ProductOperation operation, ProductStore store, int first) {
      this.operation = operation;
      this.store = store;
      this.first = first;
    }
  }

  private final List<Block> blocks = new ArrayList<>();

  ProductBlocks(ProductOperation operation, ValueTypes types, WeightStorage storage) {
    int channels = (int) operation.weights().shape()[0];
    boolean unpacks = storage == WeightStorage.PACKED && operation.weights().isQuantized();
    int step = unpacks ? channelsOfBlock(operation.weights().length() / channels) : channels;
    for (int first = 0; first < channels; first += step) {
      ProductOperation part = operation.outputChannels(first, Math.min(first + step, channels));
      ProductStore store = new ProductStore(part, types, storage);
      blocks.add(new Block(part.withoutWeights(), store, first)); // the store has them
    }
  }

  private static int channelsOfBlock(int weightsOfChannel) {
    int fit = MAX_WEIGHTS / Math.max(1, weightsOfChannel);
    return Math.max(CHANNELS, fit / CHANNELS * CHANNELS);
  }

  List<Block> list() {
    return blocks;
  }

  /** Bytes that they take at present. */
  long bytes() {
    return blocks.stream().mapToLong(block -> block.store.bytes()).sum();
  }

  void free() {
    blocks.forEach(block -> block.store.free());
  }
}
