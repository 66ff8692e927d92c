package org.dl4j.q4.ui.server;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Servers that listen where this says, whatever port they are told and although they are told no
 * address. Deeplearning4j's server calls {@code createHttpServer().requestHandler(…).listen(port,
 * handler)}, which is every address of the machine, and leaves no other way in than the {@code
 * Vertx} that it is given. Any other way to make a server or to listen is refused, so that a
 * Deeplearning4j that goes another way is noticed and not exposed.
 */
final class BoundServers {

  /** The one way to listen. */
  private static final Class<?>[] LISTEN = {int.class, Handler.class};

  private final String host;
  private final InetAddress address;
  private final int port;

  /**
   * @param host what the user calls the address
   * @param address where servers listen
   * @param port 0 for any free one
   */
  BoundServers(String host, InetAddress address, int port) {
    this.host = host;
    this.address = address;
    this.port = port;
  }

  /**
   * @param vertx what makes servers
   * @return the same, but for its servers
   */
  Vertx of(Vertx vertx) {
    // Vert.x casts to its internal interface.
    return proxy(
        VertxInternal.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("createHttpServer")) {
            return call(vertx, method, arguments);
          }
          if (method.getParameterCount() > 0) {
            throw refused(method);
          }
          return bound(vertx.createHttpServer());
        });
  }

  private HttpServer bound(HttpServer server) {
    return proxy(
        HttpServer.class,
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "requestHandler":
              if (method.getParameterCount() == 1) {
                server.requestHandler(checked(arguments[0]));
                return proxy;
              }
              return call(server, method, arguments);
            case "listen":
              if (!Arrays.equals(method.getParameterTypes(), LISTEN)) {
                throw refused(method);
              }
              return server.listen(port, address.getHostAddress(), listening(arguments[1]));
            default:
              return call(server, method, arguments);
          }
        });
  }

  /** Under names of the machine's other addresses it may be reached by anybody anyway. */
  @SuppressWarnings("unchecked") // by HttpServer's declaration
  private Handler<HttpServerRequest> checked(Object handler) {
    Handler<HttpServerRequest> requests = (Handler<HttpServerRequest>) handler;
    return address.isLoopbackAddress() ? new LoopbackNames(host, requests) : requests;
  }

  @SuppressWarnings("unchecked") // by HttpServer's declaration
  private static Handler<AsyncResult<HttpServer>> listening(Object handler) {
    return (Handler<AsyncResult<HttpServer>>) handler;
  }

  private static UnsupportedOperationException refused(Method method) {
    return new UnsupportedOperationException(
        "Expected a server that is made by createHttpServer() and starts by listen(port, handler),"
            + " as that of Deeplearning4j 1.0.0-M2.1; got "
            + method);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
