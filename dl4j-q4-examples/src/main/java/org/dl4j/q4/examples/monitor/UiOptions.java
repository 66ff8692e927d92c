package org.dl4j.q4.examples.monitor;

import static org.dl4j.q4.examples.cli.Checks.require;

import java.io.IOException;
import java.io.PrintWriter;
import org.dl4j.q4.ui.server.LocalUiServer;
import picocli.CommandLine.Option;

/** Where the training UI listens. */
final class UiOptions {

  private static final int DEFAULT_PORT = 9000;
  private static final int HIGHEST_PORT = 65535;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      description = "Of the training UI: 9000 by default; 0 takes any free one.")
  private Integer port;

  @Option(
      names = "--ui-host",
      paramLabel = "HOST",
      description =
          "A name or an address of this machine where the training UI listens: localhost by default,"
              + " which this machine alone reaches; 0.0.0.0 for all addresses. There is no"
              + " password.")
  private String host;

  /**
   * @return whether an option was given
   */
  boolean areGiven() {
    return port != null || host != null;
  }

  /**
   * @throws IllegalArgumentException if a value is outside its range, saying which and why
   */
  void validate() {
    require(
        port() >= 0 && port() <= HIGHEST_PORT,
        "--ui-port must be from 0 to " + HIGHEST_PORT,
        port());
  }

  private int port() {
    return port == null ? DEFAULT_PORT : port;
  }

  /**
   * Starts the UI and tells where it is.
   *
   * @param out gets its address
   * @return the server, running
   * @throws IOException if it cannot listen there
   */
  LocalUiServer start(PrintWriter out) throws IOException {
    LocalUiServer server =
        LocalUiServer.start(host == null ? LocalUiServer.LOOPBACK : host, port());
    out.printf(
        "training UI: %s/train, 4-bit weights: %s/quantization%n",
        server.getAddress(), server.getAddress());
    if (!server.isLoopback()) {
      out.printf(
          "warning: the UI has no password: whoever reaches port %d of this machine reads it%n",
          server.getPort());
    }
    out.flush();
    return server;
  }
}
