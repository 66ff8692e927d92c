package org.dl4j.q4.onednn.infer;

import java.lang.ref.Reference;
import java.util.List;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.AlignedBuffer;
import org.dl4j.q4.onednn.runtime.Releasable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A plan for one shape of input: steps that run one after the other. */
final class Program implements Releasable {

  private final Value input;
  private final Value output;
  private final List<Runnable> steps;

  /** Where all values lie between the input and the output. */
  private final List<AlignedBuffer> memory;

  private final Address inputAddress = new Address();
  private final Address outputAddress = new Address();

  Program(Value input, Value output, List<Runnable> steps, List<AlignedBuffer> memory) {
    this.input = input;
    this.output = output;
    this.steps = steps;
    this.memory = memory;
  }

  /**
   * @param features of this program's shape, in 'c' order without gaps
   */
  INDArray run(INDArray features) {
    INDArray result =
        Nd4j.createUninitialized(DataType.FLOAT, output.batch, Types.size(output.shape));
    input.bind(inputAddress.at(features));
    output.bind(outputAddress.at(result));
    try {
      steps.forEach(Runnable::run);
    } finally {
      Reference.reachabilityFence(features); // which oneDNN knows by its address alone
    }
    return result;
  }

  @Override
  public void release() {
    memory.forEach(AlignedBuffer::free);
  }
}
