package org.dl4j.q4.ui;

import org.deeplearning4j.ui.VertxUIServer;
import org.nd4j.common.function.Function;

/** How the server that runs has been started. */
class ServerMode {

  /**
   * Whether DL4J's pages have a session in their paths, rather than one chosen for all visitors.
   */
  boolean multiSession() {
    return VertxUIServer.getInstance().isMultiSession();
  }

  /**
   * Has the server attach the storage of a session, if it was started with someone who knows that
   * storage. DL4J's own pages do the same.
   */
  void load(String session) {
    Function<String, Boolean> loader = VertxUIServer.getInstance().getStatsStorageLoader();
    if (loader != null) {
      loader.apply(session);
    }
  }
}
