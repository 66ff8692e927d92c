package org.dl4j.q4.ui;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.nd4j.common.function.Function;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** DL4J's server on a free port, and a visitor. */
final class TestServer implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final VertxUIServer server;

  TestServer() {
    server = VertxUIServer.getInstance(0, false, null);
  }

  /** In multi-session mode. */
  TestServer(Function<String, StatsStorage> provider) {
    server = VertxUIServer.getInstance(0, true, provider);
  }

  /** On a port that an earlier one has had. */
  TestServer(int port) {
    server = VertxUIServer.getInstance(port, false, null);
  }

  int port() {
    return server.getPort();
  }

  void attach(StatsStorage storage) {
    server.attach(storage);
  }

  void detach(StatsStorage storage) {
    server.detach(storage);
  }

  String address(String path) {
    return "http://localhost:" + server.getPort() + path;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address(path))).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  JsonNode json(int status, String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != status) {
      throw new AssertionError(
          path + ": " + response.statusCode() + " instead of " + status + ", " + response.body());
    }
    return new ObjectMapper().readTree(response.body());
  }

  @Override
  public void close() throws InterruptedException {
    try {
      VertxUIServer.stopInstance();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The server does not stop", e);
    }
  }
}
