package org.dl4j.q4.benchmarks.contenders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {

  @Test
  void isTheHighWaterMarkOfTheResidentSet() throws IOException {
    String status = "VmPeak:\t 9000000 kB\nVmHWM:\t 1208832 kB\nVmRSS:\t  900000 kB\n";
    assertEquals(1180.5, PeakMemory.megabytes(status)); // 1208832 / 1024
  }

  @Test
  void aSystemThatDoesNotTellIsReported() {
    assertThrows(IOException.class, () -> PeakMemory.megabytes("VmRSS:\t 900000 kB\n"));
  }
}
