package org.dl4j.q4.ui.server;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.UIServer;
import org.nd4j.common.function.Function;

/**
 * Deeplearning4j's training UI, listening on one address of this machine instead of all of them:
 *
 * <pre>
 *   try (LocalUiServer server = LocalUiServer.start(LocalUiServer.LOOPBACK, 9000)) {
 *     server.attach(storage);
 *     …                                    // server.getAddress() shows the training
 *   }
 * </pre>
 *
 * <p>The UI has no password. On a loopback address no other machine reaches it, and requests by
 * another name than {@code localhost} or a loopback address are answered with status 403, so that a
 * web page cannot read it through the browser under a name of its own (DNS rebinding).
 *
 * <p>It is the stock server in all else: while it runs, it is what {@code UIServer.getInstance()}
 * returns, modules are found by {@code ServiceLoader}, and {@code UIServer.stopInstance()} ends it
 * as {@link #close()} does. Like the stock one it keeps the JVM alive until it is stopped or {@code
 * System.exit} is called. The system property for the port is ignored.
 */
public final class LocalUiServer extends VertxUIServer implements AutoCloseable {

  /** What only this machine reaches, by IPv4: browsers try it for {@code localhost}, too. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int HIGHEST_PORT = 65535;

  private final String host;
  private final InetAddress address;
  private final int port;

  /** Makes itself the instance that {@code UIServer} knows, as the stock constructor does. */
  private LocalUiServer(String host, InetAddress address, int port) {
    this.host = host;
    this.address = address;
    this.port = port;
  }

  /**
   * Starts the UI for the sessions of the storages that are attached.
   *
   * @param host a name or an address of this machine; {@link #LOOPBACK} unless others are to reach
   *     it, {@code 0.0.0.0} for all addresses
   * @param port 0 takes any free one, which {@link #getPort()} tells
   * @return the server, running
   * @throws UnknownHostException if the host is not known, or not of this machine
   * @throws IOException if the port is in use or not allowed
   * @throws IllegalArgumentException if there is no such port
   * @throws IllegalStateException if the UI runs already in this JVM
   */
  public static LocalUiServer start(String host, int port) throws IOException {
    return start(host, port, false, null);
  }

  /**
   * Starts the UI; see {@link UIServer#getInstance(boolean, Function)} for the last two arguments.
   *
   * @param host a name or an address of this machine
   * @param port 0 takes any free one
   * @param multiSession whether each session has an address of its own
   * @param provider finds the storage of a session that no attached one has, or null; with {@code
   *     multiSession}
   * @return the server, running
   * @throws UnknownHostException if the host is not known, or not of this machine
   * @throws IOException if the port is in use or not allowed
   * @throws IllegalArgumentException if there is no such port
   * @throws IllegalStateException if the UI runs already in this JVM
   */
  public static LocalUiServer start(
      String host, int port, boolean multiSession, Function<String, StatsStorage> provider)
      throws IOException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "A port is a number from 0 to " + HIGHEST_PORT + "; got " + port);
    }
    InetAddress address = resolve(host);
    synchronized (LocalUiServer.class) {
      requireNoneRunning();
      getMultiSession().set(multiSession);
      setStatsStorageProvider(provider);
      LocalUiServer server = new LocalUiServer(host, address, port);
      server.deploy();
      return server;
    }
  }

  private static InetAddress resolve(String host) throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw unknown("No host " + host + " is known", e);
    }
    if (!address.isAnyLocalAddress()
        && !address.isLoopbackAddress() // 127.0.0.2 is no interface's, but can be listened on
        && NetworkInterface.getByInetAddress(address) == null) {
      throw unknown(host + " is no address of this machine", null);
    }
    return address;
  }

  private static UnknownHostException unknown(String reason, Throwable cause) {
    UnknownHostException unknown =
        new UnknownHostException(
            "The UI cannot listen: "
                + reason
                + "; expected "
                + LOOPBACK
                + ", 0.0.0.0 for all of its addresses, or one of them");
    unknown.initCause(cause);
    return unknown;
  }

  private static void requireNoneRunning() {
    VertxUIServer running = getInstance();
    if (running != null && !running.isStopped()) {
      throw new IllegalStateException(
          "The training UI runs already in this JVM, at "
              + running.getAddress()
              + ": end it by UIServer.stopInstance() first, or attach to it");
    }
  }

  private void deploy() throws IOException {
    Vertx own = Vertx.vertx();
    CompletableFuture<String> deployed = new CompletableFuture<>();
    own.deployVerticle(
        this,
        result -> {
          if (result.succeeded()) {
            deployed.complete(result.result());
          } else {
            deployed.completeExceptionally(result.cause());
          }
        });
    try {
      deployed.get();
    } catch (ExecutionException e) {
      abandon(own);
      throw new IOException(
          String.format(
              "The UI cannot listen on port %d of %s: %s; give another port, or 0 for any free one",
              port, host, rootCause(e).getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      abandon(own);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while the UI was starting");
    }
  }

  /** Nobody else ends the thread and the event loops of a server that did not come up. */
  private void abandon(Vertx own) {
    stop(Promise.promise());
    own.close();
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** For Vert.x, which calls it before {@code start}. */
  @Override
  public void init(Vertx vertx, Context context) {
    super.init(new BoundServers(host, address, port).of(vertx), context);
  }

  /**
   * @return for a browser on this machine
   */
  @Override
  public String getAddress() {
    String name = address.getHostAddress();
    if (address.isAnyLocalAddress() || name.equals(LOOPBACK)) {
      name = "localhost";
    } else if (address instanceof Inet6Address && address.isLoopbackAddress()) {
      name = "[::1]";
    } else if (address instanceof Inet6Address) {
      name = "[" + name + "]";
    }
    return "http://" + name + ":" + getPort();
  }

  /**
   * @return whether no other machine reaches it
   */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  /** Ends the UI; storages stay open. Nothing happens if it has ended. */
  @Override
  public void close() {
    if (isStopped()) {
      return;
    }
    try {
      UIServer.stopInstance();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("The UI could not be ended", e);
    }
  }
}
