package org.dl4j.q4.ui;

import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests with JSON, in a thread that may wait for a storage. */
final class JsonHandler implements BiConsumer<List<String>, RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(JsonHandler.class);

  private final Function<Query, ? extends JsonNode> answer;

  JsonHandler(Function<Query, ? extends JsonNode> answer) {
    this.answer = answer;
  }

  @Override
  public void accept(List<String> pathParameters, RoutingContext context) {
    Query query = new Query(context.queryParams()::get);
    context
        .vertx()
        .<String>executeBlocking(
            promise -> promise.complete(answer.apply(query).toString()),
            false,
            result -> send(result, context));
  }

  private static void send(AsyncResult<String> result, RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.closed() || response.ended()) {
      return; // the visitor has left
    }
    Headers.set(response, "application/json; charset=utf-8");
    if (result.succeeded()) {
      response.end(result.result());
      return;
    }
    Throwable cause = result.cause();
    if (cause instanceof RequestException) {
      response.setStatusCode(((RequestException) cause).status());
    } else {
      // A storage that is closed while it is read, or one that cannot decode what it holds.
      LOG.warn("{} could not be answered", context.request().uri(), cause);
      response.setStatusCode(500);
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    response.end(JsonNodeFactory.instance.objectNode().put("error", message).toString());
  }
}
