package org.dl4j.q4.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/**
 * Which 4-bit layer goes with which of Deeplearning4j's. A 4-bit layer has the parameters of its
 * counterpart, in the same order and shapes, and its configuration has the same properties in JSON
 * and one more, {@code quantization}.
 */
@SuppressWarnings("deprecation") // the Graves layers are
public final class Q4LayerTypes {

  private static final Map<Class<? extends Layer>, Class<? extends Layer>> QUANTIZED =
      new LinkedHashMap<>();
  private static final Map<Class<? extends Layer>, Class<? extends Layer>> STOCK =
      new LinkedHashMap<>();

  static {
    pair(ConvolutionLayer.class, Q4ConvolutionLayer.class);
    pair(Convolution1DLayer.class, Q4Convolution1DLayer.class);
    pair(Convolution3D.class, Q4Convolution3D.class);
    pair(Deconvolution2D.class, Q4Deconvolution2D.class);
    pair(Deconvolution3D.class, Q4Deconvolution3D.class);
    pair(DepthwiseConvolution2D.class, Q4DepthwiseConvolution2D.class);
    pair(SeparableConvolution2D.class, Q4SeparableConvolution2D.class);
    pair(LocallyConnected1D.class, Q4LocallyConnected1D.class);
    pair(LocallyConnected2D.class, Q4LocallyConnected2D.class);
    pair(DenseLayer.class, Q4DenseLayer.class);
    pair(OutputLayer.class, Q4OutputLayer.class);
    pair(RnnOutputLayer.class, Q4RnnOutputLayer.class);
    pair(CenterLossOutputLayer.class, Q4CenterLossOutputLayer.class);
    pair(LSTM.class, Q4LSTM.class);
    pair(GravesLSTM.class, Q4GravesLSTM.class);
    pair(GravesBidirectionalLSTM.class, Q4GravesBidirectionalLSTM.class);
    pair(SimpleRnn.class, Q4SimpleRnn.class);
    pair(EmbeddingLayer.class, Q4EmbeddingLayer.class);
    pair(EmbeddingSequenceLayer.class, Q4EmbeddingSequenceLayer.class);
    pair(SelfAttentionLayer.class, Q4SelfAttentionLayer.class);
    pair(LearnedSelfAttentionLayer.class, Q4LearnedSelfAttentionLayer.class);
    pair(RecurrentAttentionLayer.class, Q4RecurrentAttentionLayer.class);
    // Other names, and other kernels, of the same.
    QUANTIZED.put(Convolution1D.class, Q4Convolution1DLayer.class);
    QUANTIZED.put(Convolution2D.class, Q4ConvolutionLayer.class);
    QUANTIZED.put(FastConvolutionLayer.class, Q4ConvolutionLayer.class);
    QUANTIZED.put(FastDenseLayer.class, Q4DenseLayer.class);
    STOCK.put(FastConvolutionLayer.class, ConvolutionLayer.class);
    STOCK.put(FastDenseLayer.class, DenseLayer.class);
    STOCK.put(FastSubsamplingLayer.class, SubsamplingLayer.class);
    STOCK.put(FastActivationLayer.class, ActivationLayer.class);
    STOCK.put(FastBatchNormalization.class, BatchNormalization.class);
  }

  private Q4LayerTypes() {}

  private static void pair(Class<? extends Layer> stock, Class<? extends Layer> quantized) {
    QUANTIZED.put(stock, quantized);
    STOCK.put(quantized, stock);
  }

  /**
   * @param type a layer's configuration class; a subclass of the user's own counts as another
   * @return its 4-bit counterpart, if it has one
   */
  public static Optional<Class<? extends Layer>> quantized(Class<?> type) {
    return Optional.ofNullable(QUANTIZED.get(type));
  }

  /**
   * @param type a layer's configuration class
   * @return Deeplearning4j's counterpart, if it is one of this library's; of a batch norm with a
   *     ReLU in it, the batch norm alone
   */
  public static Optional<Class<? extends Layer>> stock(Class<?> type) {
    return Optional.ofNullable(STOCK.get(type));
  }
}
