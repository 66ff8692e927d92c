package org.dl4j.q4.ui.server;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/**
 * Lets pass requests whose {@code Host} header names a loopback address or {@code localhost}, and
 * answers all others with status 403. A page of another site reaches a server on loopback through
 * the user's browser if its name is made to resolve to 127.0.0.1; the browser then takes the
 * server's answers for the page's own, but sends the page's name.
 */
final class LoopbackNames implements Handler<HttpServerRequest> {

  private static final Pattern NAMES =
      Pattern.compile(
          "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])", Pattern.CASE_INSENSITIVE);
  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final int FORBIDDEN = 403;

  private final String own;
  private final Handler<HttpServerRequest> next;

  /**
   * @param own a name of the loopback address that is fine, too: the one the user has given
   * @param next gets the requests that pass
   */
  LoopbackNames(String own, Handler<HttpServerRequest> next) {
    this.own = own;
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (isFine(request.host())) {
      next.handle(request);
      return;
    }
    request
        .response()
        .setStatusCode(FORBIDDEN)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(
            "This server answers on this machine alone, by the name localhost, not by the one that"
                + " the request's Host header has.\n");
  }

  private boolean isFine(String host) {
    if (host == null) {
      return false;
    }
    String name = PORT.matcher(host).replaceFirst("");
    return NAMES.matcher(name).matches() || name.equalsIgnoreCase(own);
  }
}
