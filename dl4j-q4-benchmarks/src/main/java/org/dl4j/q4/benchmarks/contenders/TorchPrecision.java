package org.dl4j.q4.benchmarks.contenders;

import java.util.function.Supplier;

/** In what PyTorch computes its forward pass, and with that its backward pass. */
enum TorchPrecision {
  /** FP32 throughout. */
  F32 {
    @Override
    <T> T compute(Supplier<T> forward) {
      return forward.get();
    }
  },
  /** Automatic mixed precision: convolutions and linear layers in bf16. */
  BF16 {
    @Override
    <T> T compute(Supplier<T> forward) {
      Autocast.begin();
      try {
        return forward.get();
      } finally {
        Autocast.end();
      }
    }
  };

  /**
   * @param forward a forward pass
   * @return what it gives, computed in this precision
   */
  abstract <T> T compute(Supplier<T> forward);
}
