package org.dl4j.q4.ui.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Optional;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsInitializationReport;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalUiServerTest {

  private static final String OVERVIEW = "/train/overview";

  @AfterEach
  void stop() throws Exception {
    UIServer.stopInstance();
  }

  private static String overview(String address, UIServer server) throws IOException {
    return RawHttp.get(address, server.getPort(), "localhost:" + server.getPort(), OVERVIEW);
  }

  /** An address by which other machines reach this one. */
  private static Optional<String> otherAddress() throws IOException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  @Test
  void answersOnLoopback() throws IOException {
    try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 0)) {
      String page = overview(LocalUiServer.LOOPBACK, server);

      assertEquals(200, RawHttp.status(page), page);
      assertTrue(page.contains("<title>DL4J Training UI</title>"), page);
      assertEquals("http://localhost:" + server.getPort(), server.getAddress());
      assertTrue(server.isLoopback());
    }
  }

  @Test
  void isNotReachedByTheMachinesOtherAddress() throws IOException {
    Optional<String> other = otherAddress();
    assumeTrue(other.isPresent(), "this machine has loopback alone");
    try (LocalUiServer server = LocalUiServer.start("localhost", 0)) {
      assertThrows(ConnectException.class, () -> overview(other.get(), server));
    }
    try (LocalUiServer server = LocalUiServer.start("0.0.0.0", 0)) {
      assertFalse(server.isLoopback());
      assertEquals(200, RawHttp.status(overview(other.get(), server)));
      assertEquals(200, RawHttp.status(overview(LocalUiServer.LOOPBACK, server)));
      assertEquals("http://localhost:" + server.getPort(), server.getAddress());
    }
    try (LocalUiServer server = LocalUiServer.start(other.get(), 0)) {
      assertEquals(200, RawHttp.status(overview(other.get(), server)));
      assertThrows(ConnectException.class, () -> overview(LocalUiServer.LOOPBACK, server));
      assertEquals("http://" + other.get() + ":" + server.getPort(), server.getAddress());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]", "127.0.0.2"})
  void aLoopbackNameIsAnswered(String name) throws IOException {
    try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 0)) {
      for (String host : new String[] {name, name + ":" + server.getPort(), name + ":8080"}) {
        String page = RawHttp.get(LocalUiServer.LOOPBACK, server.getPort(), host, OVERVIEW);
        assertEquals(200, RawHttp.status(page), host);
      }
    }
  }

  /** Pages, data, assets and what does not exist: before any route. */
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9000",
        "localhost.evil.example",
        "evil.example:localhost",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "[::2]",
        ""
      })
  void anyOtherNameIsRefused(String host) throws IOException {
    try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 0)) {
      for (String path : new String[] {OVERVIEW, "/train/overview/data", "/assets/js/x", "/none"}) {
        String answer = RawHttp.get(LocalUiServer.LOOPBACK, server.getPort(), host, path);
        assertEquals(403, RawHttp.status(answer), () -> path + "\n" + answer);
        assertTrue(answer.contains("by the name localhost"), answer);
      }
    }
  }

  @Test
  void answersOnLoopbackOfIpv6() throws IOException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    assumeTrue(
        NetworkInterface.getByInetAddress(InetAddress.getByAddress(loopback)) != null,
        "this machine has no IPv6");
    try (LocalUiServer server = LocalUiServer.start("::1", 0)) {
      assertTrue(server.isLoopback());
      assertEquals("http://[::1]:" + server.getPort(), server.getAddress());
      String page = RawHttp.get("::1", server.getPort(), "[::1]:" + server.getPort(), OVERVIEW);
      assertEquals(200, RawHttp.status(page), page);
      String other = RawHttp.get("::1", server.getPort(), "evil.example", OVERVIEW);
      assertEquals(403, RawHttp.status(other), other);
    }
  }

  /** Others reach it by whatever names the machine has. */
  @Test
  void onAllAddressesEveryNameIsAnswered() throws IOException {
    try (LocalUiServer server = LocalUiServer.start("0.0.0.0", 0)) {
      String page =
          RawHttp.get(LocalUiServer.LOOPBACK, server.getPort(), "gpu-box.example", OVERVIEW);
      assertEquals(200, RawHttp.status(page), page);
    }
  }

  @Test
  void aPortInUseIsAnErrorThatLeavesNothingBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      IOException failure =
          assertThrows(
              IOException.class,
              () -> LocalUiServer.start(LocalUiServer.LOOPBACK, taken.getLocalPort()));

      String message = failure.getMessage();
      assertTrue(
          message.contains("cannot listen on port " + taken.getLocalPort() + " of 127.0.0.1"),
          message);
      assertTrue(message.contains("in use"), message);
      assertTrue(message.contains("or 0 for any free one"), message);
    }
    try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 0)) {
      assertEquals(200, RawHttp.status(overview(LocalUiServer.LOOPBACK, server)));
    }
  }

  @Test
  void aHostThatIsNotOursIsAnErrorThatNamesIt() {
    for (String host :
        new String[] {"no-such-host.invalid", "198.51.100.7"}) { // RFC 6761, RFC 5737
      UnknownHostException failure =
          assertThrows(UnknownHostException.class, () -> LocalUiServer.start(host, 0));
      assertTrue(failure.getMessage().contains(host), failure::getMessage);
      assertTrue(failure.getMessage().contains("127.0.0.1"), failure::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void thereIsNoSuchPort(int port) {
    assertThrows(IllegalArgumentException.class, () -> LocalUiServer.start("localhost", port));
  }

  @Test
  void startsAgainAtTheSamePort() throws IOException {
    LocalUiServer first = LocalUiServer.start(LocalUiServer.LOOPBACK, 0);
    int port = first.getPort();
    first.close();
    first.close();

    assertTrue(first.isStopped());
    assertThrows(ConnectException.class, () -> overview(LocalUiServer.LOOPBACK, first));
    try (LocalUiServer second = LocalUiServer.start(LocalUiServer.LOOPBACK, port)) {
      assertEquals(port, second.getPort());
      assertEquals(200, RawHttp.status(overview(LocalUiServer.LOOPBACK, second)));
      first.close();
      assertEquals(200, RawHttp.status(overview(LocalUiServer.LOOPBACK, second)));
    }
  }

  /** To the rest of Deeplearning4j it is the UI's server; the stock one can follow it. */
  @Test
  void isTheInstanceUntilItIsStopped() throws Exception {
    LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 0);
    assertSame(server, UIServer.getInstance());
    assertThrows(IllegalStateException.class, () -> LocalUiServer.start(LocalUiServer.LOOPBACK, 0));
    UIServer.stopInstance();
    assertTrue(server.isStopped());

    VertxUIServer stock = VertxUIServer.getInstance(0, false, null);
    assertNotSame(server, stock);
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class, () -> LocalUiServer.start(LocalUiServer.LOOPBACK, 0));
    assertTrue(failure.getMessage().contains(stock.getAddress()), failure::getMessage);
  }

  @Test
  void inMultiSessionModeTheProviderFindsStorages() throws Exception {
    StatsStorage storage = new InMemoryStatsStorage();
    StatsInitializationReport session = new SbeStatsInitializationReport();
    session.reportIDs("abc", StatsListener.TYPE_ID, "worker", 1);
    storage.putStaticInfo(session);
    try (LocalUiServer server =
        LocalUiServer.start(LocalUiServer.LOOPBACK, 0, true, id -> storage)) {
      assertTrue(server.isMultiSession());
      assertSame(server, UIServer.getInstance(true, null));
      assertFalse(server.isAttached(storage));
      RawHttp.get(LocalUiServer.LOOPBACK, server.getPort(), "localhost", "/train/abc/overview");
      assertTrue(server.isAttached(storage));
    }
    try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 0)) {
      assertFalse(server.isMultiSession());
    }
  }
}
