package org.dl4j.q4.examples.profile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What the updater asks a layer for, with its weight decay timed. */
final class TimedConfig implements TrainingConfig {

  private final TrainingConfig config;
  private final StepClock clock;
  private final Map<String, Section> decay;

  /**
   * @param config a layer's
   * @param index the layer's index
   * @param clock times it
   */
  TimedConfig(TrainingConfig config, int index, StepClock clock) {
    this.config = config;
    this.clock = clock;
    this.decay = Map.of("apply", new Section(Work.WEIGHT_DECAY, index, Phase.UPDATE));
  }

  @Override
  public List<Regularization> getRegularizationByParam(String paramName) {
    List<Regularization> regularizations = config.getRegularizationByParam(paramName);
    if (regularizations == null) {
      return null;
    }
    return regularizations.stream()
        .map(each -> clock.timed(Regularization.class, each, decay))
        .collect(Collectors.toList());
  }

  @Override
  public String getLayerName() {
    return config.getLayerName();
  }

  @Override
  public boolean isPretrainParam(String paramName) {
    return config.isPretrainParam(paramName);
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return config.getUpdaterByParam(paramName);
  }

  @Override
  public GradientNormalization getGradientNormalization() {
    return config.getGradientNormalization();
  }

  @Override
  public double getGradientNormalizationThreshold() {
    return config.getGradientNormalizationThreshold();
  }

  @Override
  public void setDataType(DataType dataType) {
    config.setDataType(dataType);
  }
}
