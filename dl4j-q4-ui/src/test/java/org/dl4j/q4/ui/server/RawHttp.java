package org.dl4j.q4.ui.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** GET requests with any {@code Host} header to any address: Java's own clients choose it. */
final class RawHttp {

  private static final int SECONDS = 30;

  private RawHttp() {}

  /**
   * @param address where a server listens
   * @param port where a server listens
   * @param host the header's value, or null for a request without it
   * @param path what is asked for
   * @return status line, headers and body
   * @throws IOException if nobody listens there
   */
  static String get(String address, int port, String host, String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), SECONDS * 1000);
      socket.setSoTimeout(SECONDS * 1000);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\n"
              + (host == null ? "" : "Host: " + host + "\r\n")
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The number in the status line. */
  static int status(String response) {
    return Integer.parseInt(response.substring("HTTP/1.1 ".length()).substring(0, 3));
  }
}
