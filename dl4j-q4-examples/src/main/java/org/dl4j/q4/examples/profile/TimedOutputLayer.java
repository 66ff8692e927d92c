package org.dl4j.q4.examples.profile;

import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A network's last layer, which DL4J wants to be an output layer; its score is a section, too. */
final class TimedOutputLayer extends TimedLayer implements IOutputLayer {

  private final IOutputLayer output;

  TimedOutputLayer(IOutputLayer layer, StepClock clock) {
    super(layer, clock);
    this.output = layer;
  }

  @Override
  public double computeScore(
      double fullNetworkRegScore, boolean training, LayerWorkspaceMgr workspaceMgr) {
    enter(Phase.FORWARD);
    try {
      return output.computeScore(fullNetworkRegScore, training, workspaceMgr);
    } finally {
      exit();
    }
  }

  @Override
  public INDArray computeScoreForExamples(
      double fullNetworkRegScore, LayerWorkspaceMgr workspaceMgr) {
    return output.computeScoreForExamples(fullNetworkRegScore, workspaceMgr);
  }

  @Override
  public boolean needsLabels() {
    return output.needsLabels();
  }

  @Override
  public void setLabels(INDArray labels) {
    output.setLabels(labels);
  }

  @Override
  public INDArray getLabels() {
    return output.getLabels();
  }

  @Override
  public double f1Score(DataSet data) {
    return output.f1Score(data);
  }

  @Override
  public double f1Score(INDArray examples, INDArray labels) {
    return output.f1Score(examples, labels);
  }

  @Deprecated
  @Override
  public int numLabels() {
    return output.numLabels();
  }

  @Override
  public void fit(DataSetIterator iterator) {
    output.fit(iterator);
  }

  @Override
  public void fit(INDArray examples, INDArray labels) {
    output.fit(examples, labels);
  }

  @Override
  public void fit(DataSet data) {
    output.fit(data);
  }

  @Override
  public void fit(INDArray examples, int[] labels) {
    output.fit(examples, labels);
  }

  @Override
  public int[] predict(INDArray examples) {
    return output.predict(examples);
  }

  @Override
  public List<String> predict(DataSet dataSet) {
    return output.predict(dataSet);
  }
}
