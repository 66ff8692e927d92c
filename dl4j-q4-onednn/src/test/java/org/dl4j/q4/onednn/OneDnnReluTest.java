package org.dl4j.q4.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.dl4j.q4.kernels.ImageLayout;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OneDnnReluTest {

  private static final float[] X = {-2, -0.5f, 0, -0f, 0.25f, 3};
  private static final float[] DY = {1, 2, 3, 4, 5, 6};

  @BeforeAll
  static void onlyWithOneDnn() {
    Available.assumeOneDnn();
  }

  @Test
  void whatIsNotPositiveBecomesZeroAndGetsNoGradient() {
    INDArray y = Images.dirty(6);
    INDArray dx = Images.dirty(6);

    new OneDnnRelu().forward(Nd4j.createFromArray(X), y);
    new OneDnnRelu().backward(Nd4j.createFromArray(X), Nd4j.createFromArray(DY), dx);

    assertArrayEquals(new float[] {0, 0, 0, 0, 0.25f, 3}, y.toFloatVector());
    assertArrayEquals(new float[] {0, 0, 0, 0, 5, 6}, dx.toFloatVector());
  }

  @Test
  void resultsMayReplaceTheirInputs() {
    INDArray x = Nd4j.createFromArray(X);
    INDArray dy = Nd4j.createFromArray(DY);
    OneDnnRelu kernel = new OneDnnRelu();

    kernel.forward(x, x);
    kernel.backward(x, dy, dy); // the output says as much as the input

    assertArrayEquals(new float[] {0, 0, 0, 0, 0.25f, 3}, x.toFloatVector());
    assertArrayEquals(new float[] {0, 0, 0, 0, 5, 6}, dy.toFloatVector());
  }

  @ParameterizedTest
  @EnumSource(ImageLayout.class)
  void arraysComeInAnyLayout(ImageLayout layout) {
    INDArray x = Images.random(2, 3, 5, 4);
    INDArray dy = Images.random(2, 3, 5, 4);
    INDArray on = x.gt(0).castTo(DataType.FLOAT);
    INDArray y = Images.dirtyLike(x);
    INDArray dx = Images.dirtyLike(x);
    OneDnnRelu kernel = new OneDnnRelu();

    kernel.forward(layout.of(x), y);
    kernel.backward(layout.of(x), layout.of(dy), dx);

    assertEquals(x.mul(on), y);
    assertEquals(dy.mul(on), dx);
  }

  @Test
  void aGradientOfAnotherShapeIsRefused() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new OneDnnRelu()
                    .backward(Images.random(4, 5), Images.random(4, 4), Images.dirty(4, 5)));

    assertEquals(
        "The gradient at the output must have the shape [4, 5]; got [4, 4]", thrown.getMessage());
  }
}
