package org.dl4j.q4.samediff;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.dl4j.q4.quant.Granularity;
import org.dl4j.q4.quant.Quantizer;
import org.dl4j.q4.quant.ScaleMode;
import org.dl4j.q4.quant.WeightQuantization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOpDescriptor;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights in, their quantized values out: the SameDiff op behind {@link SDQ4}.
 *
 * <pre>
 *   value        = code · scale, by {@link Quantizer}, bit for bit, with a scale of its own each time
 *   dL/dweights  = dL/dvalue, unchanged: the straight-through estimator, with no mask
 * </pre>
 *
 * <p>Input and output have the same shape and type, FLOAT or DOUBLE.
 *
 * <p>Errors: {@link IllegalArgumentException} if the weights have another type or lack the channel
 * dimension; {@link org.dl4j.q4.quant.NonFiniteWeightException} from the forward pass if they hold
 * a NaN or an infinity.
 *
 * <p>Its options are the op's arguments, so that they are saved with the graph: integers [bits, 0
 * or 1 for a scale per channel, channel dimension], float [α of the soft clip, for {@link
 * SoftClipListener}]. Make one through {@link SDQ4}; the class and its constructor are public
 * because ND4J makes one by reflection whenever it copies or loads a graph.
 *
 * <p>ND4J 1.0.0-M2.1 runs native ops alone. This op's native half is {@code identity}, a copy; the
 * quantizer takes its turn where ND4J asks an op for its output's shape with the input at hand,
 * which happens once before each execution, and puts the values in the input's place.
 */
public final class FakeQuantize extends DynamicCustomOp {

  /** The op's name, in a saved graph too. */
  public static final String OP_NAME = "q4_fake_quantize";

  private static final String NATIVE_COPY = "identity";

  static {
    ImportClassMapping.getOpNameMapping().putIfAbsent(OP_NAME, new FakeQuantize());
  }

  // The values live from the call to the copy: each op needs an array in each thread that runs it.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<INDArray> scratch = new ThreadLocal<>();

  /** For ND4J, which adds the arguments afterwards. */
  public FakeQuantize() {}

  FakeQuantize(SameDiff sd, SDVariable weights, WeightQuantization options, int channelDimension) {
    super(sd, new SDVariable[] {weights});
    addIArgument(
        options.getBits(),
        options.getGranularity() == Granularity.PER_CHANNEL ? 1 : 0,
        channelDimension);
    addTArgument(options.getSoftClip());
    requireFloats(weights.dataType());
    long[] shape = weights.getShape();
    if (shape != null) {
      requireChannels(shape.length);
    }
  }

  /** Makes the op known to ND4J by initialising this class, unless it is already. */
  static void register() {}

  /**
   * @return what is quantized: usually a VARIABLE, the float weights that training updates
   */
  public SDVariable weights() {
    return arg();
  }

  /**
   * @return the options it was made with
   */
  public WeightQuantization options() {
    return new WeightQuantization(
        iArguments.get(0).intValue(), granularity(), ScaleMode.DYNAMIC, tArguments.get(0));
  }

  /**
   * @return what its values come from
   */
  public Quantizer quantizer() {
    return new Quantizer(iArguments.get(0).intValue(), granularity(), channelDimension());
  }

  private Granularity granularity() {
    return iArguments.get(1) == 1 ? Granularity.PER_CHANNEL : Granularity.PER_TENSOR;
  }

  private int channelDimension() {
    return iArguments.get(2).intValue();
  }

  private INDArray quantized(INDArray weights) {
    requireFloats(weights.dataType());
    requireChannels(weights.rank());
    INDArray values = scratch.get();
    if (values == null
        || values.dataType() != weights.dataType()
        || !values.equalShapes(weights)
        || values.ordering() != weights.ordering()) {
      values =
          Nd4j.createUninitializedDetached(weights.dataType(), weights.ordering(), weights.shape());
      scratch.set(values);
    }
    Quantizer quantizer = quantizer();
    quantizer.quantize(weights, quantizer.scale(weights, this::subject), values);
    return values;
  }

  private String subject() {
    return sameDiff == null ? "The input of " + OP_NAME : "Variable \"" + weights().name() + "\"";
  }

  private void requireFloats(DataType type) {
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          subject() + " must be FLOAT or DOUBLE to be fake-quantized; it is " + type);
    }
  }

  private void requireChannels(int rank) {
    if (granularity() == Granularity.PER_TENSOR) {
      return;
    }
    if (rank < 2) {
      throw new IllegalArgumentException(
          subject() + " must have 2 dimensions or more for a scale per channel; it has " + rank);
    }
    if (channelDimension() < 0 || channelDimension() >= rank) {
      throw new IllegalArgumentException(
          subject()
              + " has the dimensions 0 to "
              + (rank - 1)
              + ", of which the channels must be one; got "
              + channelDimension());
    }
  }

  /** Called before each execution in a graph, with the input's array in the context. */
  @Override
  public List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
    if (context == null) {
      return shapeOf(getInputArgument(0));
    }
    INDArray weights = context.getInputArray(0);
    context.setInputArray(0, quantized(weights));
    return shapeOf(weights);
  }

  private static List<LongShapeDescriptor> shapeOf(INDArray weights) {
    return Collections.singletonList(
        LongShapeDescriptor.fromShape(weights.shape(), weights.dataType()));
  }

  /** Arrays given to the op itself, without a graph or in an eager one, are quantized here. */
  @Override
  public void addInputArgument(INDArray... weights) {
    for (INDArray array : weights) {
      super.addInputArgument(quantized(array).dup());
    }
  }

  @Override
  public void setInputArgument(int index, INDArray weights) {
    super.setInputArgument(index, weights == null ? null : quantized(weights).dup());
  }

  /** Null clears them, as SameDiff layers do before each pass. */
  @Override
  public void setInputArguments(INDArray... weights) {
    super.setInputArguments();
    if (weights != null) {
      addInputArgument(weights);
    }
  }

  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputTypes) {
    return Collections.singletonList(inputTypes.get(0));
  }

  // Times one, to have an array of its own: SameDiff's training turns a variable's gradient into
  // its
  // update in place, and fails if the gradient comes out of an Identity.
  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return Collections.singletonList(gradients.get(0).mul(1.0));
  }

  @Override
  public String opName() {
    return OP_NAME;
  }

  @Override
  public long opHash() {
    return getDescriptor().getHash();
  }

  @Override
  public CustomOpDescriptor getDescriptor() {
    return Nd4j.getExecutioner().getCustomOperations().get(NATIVE_COPY);
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  /** Nothing: the arguments say all, and ND4J would look for them in this class's fields. */
  @Override
  public Map<String, Object> propertiesForFunction() {
    return Collections.emptyMap();
  }
}
