package org.dl4j.q4.examples.data.cache;

/** Hears how a download goes on, on the thread that asked for it. */
public interface DownloadListener {

  /**
   * Bytes begin to come: once for each connection.
   *
   * @param name of the file
   * @param done bytes that are already there
   * @param total bytes of the whole file
   */
  void begin(String name, long done, long total);

  /**
   * @param bytes that have come since the last call
   */
  void received(int bytes);

  /** No more bytes come, since the file is complete or the connection is lost. */
  void end();
}
