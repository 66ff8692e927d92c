package org.dl4j.q4.layers;

import static org.dl4j.q4.layers.ArrayAssert.assertIdentical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4j.q4.kernels.Kernels;
import org.dl4j.q4.kernels.Window2d;
import org.dl4j.q4.quant.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What a layer tells those who watch it, and that watching changes nothing. */
class ObserversTest {

  @Test
  void quantizationIsAnnouncedOnceForEachForwardPass() {
    MultiLayerNetwork network = SmallNetwork.withPaperRecipe(WeightQuantization.PAPER);
    Recorder recorder = new Recorder();
    network.setListeners(recorder);

    network.output(SmallNetwork.features());
    assertEquals(List.of("<0", ">0", "<4", ">4", "<5", ">5"), recorder.take());

    network.fit(SmallNetwork.data(1).get(0));
    // The output layer quantizes once more for the score, which comes after its backward pass.
    assertEquals(List.of("<0", ">0", "<4", ">4", "<5", ">5", "<5", ">5"), recorder.take());
  }

  @Test
  void anObserverOfTheFirstLayerDoesNotMakeItsInputGradientNeeded() {
    MultiLayerNetwork plain = SmallNetwork.withPaperRecipe(WeightQuantization.PAPER);
    MultiLayerNetwork observed = SmallNetwork.withPaperRecipe(WeightQuantization.PAPER);
    MultiLayerNetwork wrapped = SmallNetwork.withPaperRecipe(WeightQuantization.PAPER);
    Observer observer = new Observer(observed.getLayer(0));
    Wrapper wrapper = new Wrapper(wrapped.getLayer(0));
    observed.getLayers()[0] = observer;
    wrapped.getLayers()[0] = wrapper;
    DataSet data = SmallNetwork.data(1).get(0);

    plain.fit(data);
    observed.fit(data);
    wrapped.fit(data);

    assertIdentical("observed", plain.params(), observed.params());
    assertIdentical("wrapped", plain.params(), wrapped.params());
    ConvolutionLayer conf = (ConvolutionLayer) plain.getLayer(0).conf().getLayer();
    boolean skips = Kernels.current().convolution(Window2d.of(conf), DataType.FLOAT).isPresent();
    assertEquals(skips, observer.inputGradient == 0);
    assertNotEquals(0, wrapper.inputGradient);
  }

  private static final class Recorder extends BaseTrainingListener implements QuantizationListener {

    private List<String> events = new ArrayList<>();

    @Override
    public void beforeQuantization(Layer layer) {
      events.add("<" + layer.getIndex());
    }

    @Override
    public void afterQuantization(Layer layer) {
      events.add(">" + layer.getIndex());
    }

    List<String> take() {
      List<String> taken = events;
      events = new ArrayList<>();
      return taken;
    }
  }

  private static final class Wrapper extends BaseWrapperLayer {

    private double inputGradient = Double.NaN;

    Wrapper(Layer layer) {
      super(layer);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
        INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
      Pair<Gradient, INDArray> result = underlying.backpropGradient(epsilon, workspaceMgr);
      inputGradient = result.getSecond().norm1Number().doubleValue();
      return result;
    }
  }

  private static final class Observer extends BaseWrapperLayer implements ObservingLayer {

    private double inputGradient = Double.NaN;

    Observer(Layer layer) {
      super(layer);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
        INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
      Pair<Gradient, INDArray> result = underlying.backpropGradient(epsilon, workspaceMgr);
      inputGradient = result.getSecond().norm1Number().doubleValue();
      return result;
    }
  }
}
