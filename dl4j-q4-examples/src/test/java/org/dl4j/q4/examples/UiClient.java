package org.dl4j.q4.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.LockSupport;
import org.deeplearning4j.ui.api.UIServer;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Reads the training UI that runs in this JVM, over HTTP. */
public final class UiClient {

  private static final long PATIENCE = 60_000_000_000L;
  private static final long PAUSE = 50_000_000L;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private UiClient() {}

  /** Standard input of a user who looks at the UI when Enter is asked for, and then gives it. */
  public static final class Visitor extends InputStream {

    private final Visit visit;
    private int visits;

    /**
     * @param visit what the user looks at
     */
    public Visitor(Visit visit) {
      this.visit = visit;
    }

    @Override
    public int read() throws IOException {
      visits++;
      visit.look();
      return '\n';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      bytes[offset] = (byte) read();
      return 1;
    }

    /**
     * @return how often Enter was asked for
     */
    public int visits() {
      return visits;
    }
  }

  /** What is looked at. */
  @FunctionalInterface
  public interface Visit {
    /**
     * @throws IOException if the UI does not answer
     */
    void look() throws IOException;
  }

  /**
   * Waits for the overview to show scores: the server takes over what is new in its storages twice
   * a second.
   *
   * @param atLeast how many
   * @return the overview's data
   * @throws IOException if the UI does not answer
   */
  public static JsonNode overviewWithScores(int atLeast) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    JsonNode overview = json("/train/overview/data");
    while (overview.path("scores").size() < atLeast) {
      assertTrue(System.nanoTime() < end, "fewer than " + atLeast + " scores: " + overview);
      LockSupport.parkNanos(PAUSE);
      overview = json("/train/overview/data");
    }
    return overview;
  }

  /**
   * @param path of the UI
   * @return what it answers
   * @throws IOException if it does not answer, or no JSON
   */
  public static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(get(path).body());
  }

  /**
   * @param path of the UI
   * @return what it answers
   * @throws IOException if it does not answer
   */
  public static HttpResponse<String> get(String path) throws IOException {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(UIServer.getInstance().getAddress() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
