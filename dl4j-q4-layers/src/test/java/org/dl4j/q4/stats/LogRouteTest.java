package org.dl4j.q4.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogRouteTest {

  private static final CodeChanges UNSETTLED = new CodeChanges(0.02, 0.015, 0.95, 0);
  private static final CodeChanges SETTLED = new CodeChanges(0.02, 0.001, 0.5, 0);

  private static LayerStatistics layer(CodeChanges changes, long... counts) {
    return new LayerStatistics(
        "conv",
        "W",
        4,
        0,
        new CodeHistogram(counts),
        changes,
        new GridFit(1, 20.25, 1),
        GradientNorm.UNKNOWN);
  }

  @Test
  void aLineHasTheRangesOverLayers() {
    QuantizationReport report =
        Figures.report(7, layer(UNSETTLED, 1, 1, 2), layer(CodeChanges.UNKNOWN, 1, 0, 3));
    assertEquals(
        "Iteration 7, epoch 3: levels 2 to 3, flips 2.00 %, oscillating 1.50 %, at the ends 75.00 to"
            + " 100.00 %, SQNR 20.3 dB, gradient 2.00 clipped to 0.500, warnings 1",
        LogRoute.line(report));
  }

  @Test
  void warnsOnceUntilAllWasWell() {
    Logger logger = (Logger) LoggerFactory.getLogger("org.dl4j.q4.stats.LogRouteTest");
    logger.setAdditive(false);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    LogRoute route = new LogRoute(logger);
    for (CodeChanges changes : List.of(UNSETTLED, UNSETTLED, SETTLED, UNSETTLED)) {
      route.put(Figures.report(7, layer(changes, 1, 1, 2)));
    }
    assertEquals(
        List.of(Level.INFO, Level.WARN, Level.INFO, Level.INFO, Level.INFO, Level.WARN),
        appender.list.stream().map(ILoggingEvent::getLevel).collect(Collectors.toList()));
    assertEquals(
        "UNSETTLED, parameter W of layer conv: 2.0 % of the weights have flipped",
        appender.list.get(1).getFormattedMessage().substring(0, 71));
  }
}
