package org.dl4j.q4.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LabelledImageTest {
  private static final byte[] PIXELS = {0, 1, 127, (byte) 128, (byte) 255, 6};

  @Test
  void aRecordKeepsPixelsAndLabel() {
    LabelledImage read = LabelledImage.fromRecord(new LabelledImage(1, 2, PIXELS, 3).toRecord());
    assertEquals(1, read.height);
    assertEquals(2, read.width);
    assertArrayEquals(PIXELS, read.pixels);
    assertEquals(3, read.label);
  }

  @Test
  void unsignedPixelsBecomeTheSameFloats() {
    List<Writable> record = new LabelledImage(1, 2, PIXELS, 3).toRecord();
    INDArray floats = ((NDArrayWritable) record.get(0)).get().castTo(DataType.FLOAT);
    assertArrayEquals(new float[] {0, 1, 127, 128, 255, 6}, floats.reshape(6).toFloatVector());
  }

  @Test
  void aTransposedViewIsReadInItsOwnOrder() {
    INDArray widthFirst = Nd4j.createFromArray(1, 2, 3, 4, 5, 6).castTo(DataType.UINT8);
    INDArray view = widthFirst.reshape(2, 1, 3).permute(2, 1, 0);
    LabelledImage read =
        LabelledImage.fromRecord(List.of(new NDArrayWritable(view), new IntWritable(0)));
    assertArrayEquals(new byte[] {1, 4, 2, 5, 3, 6}, read.pixels);
  }

  @Test
  void otherRecordsAreRefused() {
    assertRefused(
        "Expected a record of an NDArrayWritable and an IntWritable, found [IntWritable]",
        new IntWritable(0));
    assertRefused(
        "Expected a record of an NDArrayWritable and an IntWritable,"
            + " found [IntWritable, NDArrayWritable]",
        new IntWritable(0),
        new NDArrayWritable(Nd4j.zeros(DataType.UINT8, 3, 1, 1)));
    assertRefused(
        "Expected an image of type UBYTE and shape [3, height, width], found FLOAT and [3, 2, 1]",
        new NDArrayWritable(Nd4j.zeros(DataType.FLOAT, 3, 2, 1)),
        new IntWritable(0));
    assertRefused(
        "Expected an image of type UBYTE and shape [3, height, width], found UBYTE and [1, 2, 1]",
        new NDArrayWritable(Nd4j.zeros(DataType.UINT8, 1, 2, 1)),
        new IntWritable(0));
  }

  private static void assertRefused(String message, Writable... record) {
    List<Writable> list = List.of(record);
    assertEquals(
        message,
        assertThrows(ImageDataException.class, () -> LabelledImage.fromRecord(list)).getMessage());
  }
}
