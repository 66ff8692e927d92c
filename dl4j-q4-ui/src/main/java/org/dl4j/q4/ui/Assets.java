package org.dl4j.q4.ui;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * The page's own files. A name is looked up in a list, and becomes a path only if it stands there.
 */
final class Assets {

  static final String PAGE = "quantization.html";

  private static final Set<String> NAMES =
      Set.of(
          "quantization.css",
          "page.js",
          "api.js",
          "chart.js",
          "choice.js",
          "dom.js",
          "format.js",
          "histogram.js",
          "lines.js",
          "notices.js",
          "scales.js",
          "series.js",
          "table.js");

  private Assets() {}

  static void page(List<String> pathParameters, RoutingContext context) {
    send(PAGE, context.response());
  }

  static void asset(List<String> pathParameters, RoutingContext context) {
    String name = pathParameters.get(0);
    if (NAMES.contains(name)) {
      send(name, context.response());
    } else {
      HttpServerResponse response = context.response();
      Headers.set(response, "text/plain; charset=utf-8");
      response.setStatusCode(404).end("No such file");
    }
  }

  private static void send(String name, HttpServerResponse response) {
    Headers.set(response, contentType(name));
    response.end(Buffer.buffer(read(name)));
  }

  private static String contentType(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return "text/" + ("js".equals(extension) ? "javascript" : extension) + "; charset=utf-8";
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The jar of dl4j-q4-ui lacks its file assets/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
