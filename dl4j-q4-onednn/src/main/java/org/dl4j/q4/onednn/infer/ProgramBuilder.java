package org.dl4j.q4.onednn.infer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.memory;
import org.dl4j.q4.infer.ActivationOperation;
import org.dl4j.q4.infer.InferencePlan;
import org.dl4j.q4.infer.InferencePlan.InputLayout;
import org.dl4j.q4.infer.Operation;
import org.dl4j.q4.infer.PoolingOperation;
import org.dl4j.q4.infer.ProductOperation;
import org.dl4j.q4.infer.SumOperation;
import org.dl4j.q4.infer.ValueType;
import org.dl4j.q4.infer.ValueTypes;
import org.dl4j.q4.onednn.infer.ProductBlocks.Block;

/**
 * Makes the program of a plan for one shape of input: primitives in the order of the plan, between
 * them copies where a value is read as another type than it is kept as, and places for all values.
 */
final class ProgramBuilder {

  private final InferencePlan plan;
  private final ValueTypes types;
  private final Map<String, ProductBlocks> products;
  private final long[] inputShape;
  private final WorkingMemory working;
  private final List<Runnable> steps = new ArrayList<>();

  /** Those that get places, in the order of their first steps. */
  private final List<Value> placed = new ArrayList<>();

  private final Map<String, Value> values = new HashMap<>();

  /** Copies of values as another type, by the value's name. */
  private final Map<String, Value> converted = new HashMap<>();

  ProgramBuilder(
      InferencePlan plan,
      ValueTypes types,
      Map<String, ProductBlocks> products,
      long[] inputShape,
      WorkingMemory working) {
    this.plan = plan;
    this.types = types;
    this.products = products;
    this.inputShape = inputShape;
    this.working = working;
  }

  Program build() {
    Value input =
        new Value(inputShape[0], plan.valueShape(inputShape), types.stored(plan.input()), 0);
    values.put(plan.input(), input);
    for (Operation operation : plan.operations()) {
      add(operation);
    }
    Value output = values.get(plan.output());
    placed.remove(output); // the caller's array is its place
    return new Program(input, output, steps, Places.assign(placed));
  }

  private void add(Operation operation) {
    List<Value> read = new ArrayList<>();
    for (String name : operation.inputs()) {
      read.add(read(operation, name));
    }
    long[] shape =
        operation.outputShape(read.stream().map(value -> value.shape).collect(Collectors.toList()));
    Value result =
        placed(new Value(inputShape[0], shape, types.stored(operation.output()), steps.size()));
    values.put(operation.output(), result);
    read.forEach(value -> value.neededAt(steps.size()));
    if (operation instanceof ProductOperation) {
      addProduct(products.get(operation.output()).list(), read.get(0), result);
    } else if (operation instanceof PoolingOperation) {
      steps.add(Primitives.pooling((PoolingOperation) operation, read.get(0), result));
    } else if (operation instanceof SumOperation) {
      steps.add(Primitives.sum(operation, read.get(0), read.get(1), result));
    } else if (operation instanceof ActivationOperation) {
      steps.add(Primitives.activation(operation.activation(), read.get(0), result));
    } else {
      throw new IllegalArgumentException("No primitive for " + operation.getClass().getName());
    }
  }

  private void addProduct(List<Block> blocks, Value source, Value result) {
    for (Block block : blocks) {
      if (blocks.size() == 1) {
        steps.add(Primitives.product(block.operation, block.store, source, result, working));
        return;
      }
      long[] shape = result.shape.clone();
      shape[0] = block.store.channels();
      Value part = placed(new Value(result.batch, shape, result.type, steps.size()));
      steps.add(Primitives.product(block.operation, block.store, source, part, working));
      source.neededAt(steps.size());
      part.neededAt(steps.size());
      steps.add(copy(part, result, block.first));
      result.neededAt(steps.size());
    }
  }

  /** Puts some channels of a value to their place among all. */
  private static Runnable copy(Value part, Value whole, int firstChannel) {
    memory.desc from = part.channelsLast();
    long[] offsets = new long[whole.shape.length + 1];
    offsets[1] = firstChannel;
    memory.desc to =
        whole.channelsLast().submemory_desc(Types.dimensions(part.batch, part.shape), offsets);
    return Reorders.task(part.view(from), from, whole.view(to), to, Reorders.UNSCALED, 0)::run;
  }

  /** A value as an operation reads it. */
  private Value read(Operation operation, String name) {
    Value value = values.get(name);
    ValueType wanted = types.read(operation, name);
    boolean isInput = name.equals(plan.input());
    boolean turned = isInput && isChannelsFirst();
    boolean asItLies = value.type.kind() == wanted.kind() && !turned;
    if (asItLies) {
      return value;
    }
    return converted.computeIfAbsent(
        name + "/" + wanted.kind(), key -> convert(value, isInput, wanted));
  }

  private Value convert(Value value, boolean isInput, ValueType wanted) {
    Value copy = placed(new Value(value.batch, value.shape, wanted, steps.size()));
    value.neededAt(steps.size());
    memory.desc from = isInput ? inputDescriptor(value) : value.channelsLast();
    memory.desc to = copy.channelsLast();
    float[] factor = {value.type.scale() / wanted.scale()};
    steps.add(Reorders.task(value.view(from), from, copy.view(to), to, factor, 0)::run);
    return copy;
  }

  private memory.desc inputDescriptor(Value input) {
    return isChannelsFirst()
        ? new memory.desc(
            Types.dimensions(input.batch, input.shape),
            memory.data_type.f32,
            memory.format_tag.nchw)
        : input.channelsLast();
  }

  /** Whether the input is, as images or as features that were images. */
  private boolean isChannelsFirst() {
    boolean flatImages = inputShape.length == 2 && values.get(plan.input()).shape.length > 1;
    return plan.inputLayout() == InputLayout.CHANNELS_FIRST || flatImages;
  }

  private Value placed(Value value) {
    placed.add(value);
    return value;
  }
}
