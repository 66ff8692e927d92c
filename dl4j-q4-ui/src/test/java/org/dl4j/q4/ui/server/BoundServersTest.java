package org.dl4j.q4.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BoundServersTest {

  private final Vertx real = Vertx.vertx();
  private final Vertx bound =
      new BoundServers("localhost", InetAddress.getLoopbackAddress(), 0).of(real);

  @AfterEach
  void close() {
    real.close();
  }

  /** The port that it is told is not the one that it gets, either. */
  @Test
  void listensWhereItIsBound() throws Exception {
    HttpServer server =
        bound.createHttpServer().requestHandler(request -> request.response().end());
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();

    server.listen(1, result -> listening.complete(result.result()));

    int port = listening.get(30, TimeUnit.SECONDS).actualPort();
    assertEquals(200, RawHttp.status(RawHttp.get("127.0.0.1", port, "localhost", "/")));
    assertEquals(403, RawHttp.status(RawHttp.get("127.0.0.1", port, "evil.example", "/")));
    assertEquals(port, server.actualPort());
  }

  /** Anything else would listen where nobody has asked for it. */
  @Test
  void anyOtherWayToListenIsRefused() {
    HttpServer server = bound.createHttpServer();
    Stream.<Executable>of(
            () -> bound.createHttpServer(new HttpServerOptions()),
            server::listen,
            () -> server.listen(1),
            () -> server.listen(1, "0.0.0.0"),
            () -> server.listen(1, "0.0.0.0", result -> {}),
            () -> server.listen(result -> {}),
            () -> server.listen(SocketAddress.inetSocketAddress(1, "0.0.0.0"), result -> {}))
        .forEach(way -> assertThrows(UnsupportedOperationException.class, way));
  }

  @Test
  void isTheSameInAllElse() {
    assertSame(real.fileSystem(), bound.fileSystem());
    assertTrue(bound.deploymentIDs().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> bound.setTimer(0, id -> {}));
  }
}
