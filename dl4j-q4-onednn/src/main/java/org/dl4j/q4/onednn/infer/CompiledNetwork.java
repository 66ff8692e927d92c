package org.dl4j.q4.onednn.infer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dl4j.q4.infer.CompiledPlan;
import org.dl4j.q4.infer.InferencePlan;
import org.dl4j.q4.infer.Operation;
import org.dl4j.q4.infer.ProductOperation;
import org.dl4j.q4.infer.ValueTypes;
import org.dl4j.q4.infer.WeightStorage;
import org.dl4j.q4.onednn.runtime.BoundedCache;
import org.dl4j.q4.onednn.runtime.RowMajor;
import org.dl4j.q4.onednn.runtime.ShapeKey;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan with its weights, and a program for each shape of input that it has seen of late. */
final class CompiledNetwork implements CompiledPlan {

  private final InferencePlan plan;
  private final ValueTypes types;
  private final Map<String, ProductBlocks> products = new LinkedHashMap<>();
  private final WorkingMemory working = new WorkingMemory();
  private final BoundedCache<Program> programs = new BoundedCache<>();

  CompiledNetwork(InferencePlan plan, ValueTypes types, WeightStorage storage) {
    this.plan = plan.withoutWeights(); // the stores have them
    this.types = types;
    for (Operation operation : plan.operations()) {
      if (operation instanceof ProductOperation) {
        products.put(
            operation.output(), new ProductBlocks((ProductOperation) operation, types, storage));
      }
    }
  }

  @Override
  public INDArray run(INDArray input) {
    INDArray dense = RowMajor.of(input);
    return programs
        .get(
            ShapeKey.of(dense.shape()),
            () -> new ProgramBuilder(plan, types, products, dense.shape(), working).build())
        .run(dense);
  }

  @Override
  public long weightBytes() {
    return products.values().stream().mapToLong(ProductBlocks::bytes).sum() + working.bytes();
  }

  @Override
  public void close() {
    products.values().forEach(ProductBlocks::free);
    programs.clear();
    working.free();
  }
}
