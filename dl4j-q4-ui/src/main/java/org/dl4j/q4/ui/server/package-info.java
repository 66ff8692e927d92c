/**
 * Deeplearning4j's training UI, on the addresses that its user names.
 *
 * <p>Depends on that UI's server alone.
 */
package org.dl4j.q4.ui.server;
