package org.dl4j.q4.examples.data.cache;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves one file by HTTP on this machine, well or badly. Each request's Range header is recorded.
 */
public final class ArchiveServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  final List<String> conditions = Collections.synchronizedList(new ArrayList<>());

  volatile byte[] content;
  volatile String etag;
  volatile boolean ignoresRange;
  volatile int status;

  /** Bytes that the next connections give before they break; whole ones after them. */
  final Deque<Integer> breaks = new ArrayDeque<>();

  /** Whether a connection that breaks stays open, silent. */
  volatile boolean stalls;

  public ArchiveServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /** How often the file was asked for. */
  public int requests() {
    return ranges.size();
  }

  /** Where the file is, by any name. */
  public URI uri(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/files/" + name);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    ranges.add(String.valueOf(range));
    conditions.add(String.valueOf(condition));
    Headers headers = exchange.getResponseHeaders();
    if (status != 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    int from = range == null || ignoresRange || !matches(condition) ? 0 : first(range);
    if (from >= content.length) {
      headers.set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (etag != null) {
      headers.set("ETag", etag);
    }
    if (from > 0) {
      headers.set(
          "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    send(exchange.getResponseBody(), from);
  }

  private boolean matches(String condition) {
    return condition == null || condition.equals(etag);
  }

  private static int first(String range) {
    return Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  private void send(OutputStream body, int from) throws IOException {
    Integer length;
    synchronized (breaks) {
      length = breaks.poll();
    }
    if (length == null) {
      body.write(content, from, content.length - from);
      return;
    }
    body.write(content, from, length);
    body.flush();
    if (stalls) {
      await();
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
