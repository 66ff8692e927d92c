/**
 * Deeplearning4j's training UI, on the addresses that its user names.
 *
 * <p>{@link org.dl4j.q4.ui.server.LocalUiServer} is Deeplearning4j's own server, given a {@code
 * Vertx} whose servers are bound ({@code BoundServers}) and, on loopback, look at the name that a
 * request came by ({@code LoopbackNames}) before any route does.
 *
 * <p>Depends on that UI's server alone.
 */
package org.dl4j.q4.ui.server;
