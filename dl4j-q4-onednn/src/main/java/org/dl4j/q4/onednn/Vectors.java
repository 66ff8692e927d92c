package org.dl4j.q4.onednn;

import org.bytedeco.dnnl.memory;
import org.dl4j.q4.onednn.runtime.Address;
import org.dl4j.q4.onednn.runtime.RowMajor;
import org.dl4j.q4.onednn.runtime.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The vectors over channels of a batch normalization, used where they are. */
final class Vectors {

  final memory mean;
  final memory variance;
  final memory gamma;
  final memory beta;
  final memory dGamma;
  final memory dBeta;
  private final Address address = new Address();

  Vectors(long channels) {
    memory.desc shape = Layouts.vector(channels);
    this.mean = Task.unbound(shape);
    this.variance = Task.unbound(shape);
    this.gamma = Task.unbound(shape);
    this.beta = Task.unbound(shape);
    this.dGamma = Task.unbound(shape);
    this.dBeta = Task.unbound(shape);
  }

  void statistics(INDArray newMean, INDArray newVariance) {
    bind(mean, newMean);
    bind(variance, newVariance);
  }

  void parameters(INDArray newGamma, INDArray newBeta) {
    bind(gamma, newGamma);
    bind(beta, newBeta);
  }

  void gradients(INDArray newGamma, INDArray newBeta) {
    bind(dGamma, newGamma);
    bind(dBeta, newBeta);
  }

  private void bind(memory to, INDArray array) {
    to.set_data_handle(address.at(RowMajor.require(array, "A vector over channels")));
  }
}
