package org.dl4j.q4.ui;

import io.vertx.core.http.HttpServerResponse;

/** What each response says about itself. */
final class Headers {

  /** Scripts, styles and data of this server alone, whatever a name in a stored file may say. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'";

  private Headers() {}

  static void set(HttpServerResponse response, String contentType) {
    response.putHeader("content-type", contentType);
    response.putHeader("x-content-type-options", "nosniff");
    response.putHeader("content-security-policy", POLICY);
    response.putHeader("cache-control", "no-cache");
  }
}
