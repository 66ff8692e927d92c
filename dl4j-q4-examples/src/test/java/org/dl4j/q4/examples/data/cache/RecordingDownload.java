package org.dl4j.q4.examples.data.cache;

import java.util.ArrayList;
import java.util.List;

/** What a listener is told. */
final class RecordingDownload implements DownloadListener {
  final List<String> begins = new ArrayList<>();
  long received;
  int ends;

  @Override
  public void begin(String name, long done, long total) {
    begins.add(name + " " + done + "/" + total);
  }

  @Override
  public void received(int bytes) {
    received += bytes;
  }

  @Override
  public void end() {
    ends++;
  }
}
