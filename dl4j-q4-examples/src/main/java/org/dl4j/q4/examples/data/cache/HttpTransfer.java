package org.dl4j.q4.examples.data.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4j.q4.examples.data.ImageDataException;

/**
 * Gets an archive over one connection after the other, each of which asks for the bytes that are
 * not yet there (RFC 9110, section 14).
 */
final class HttpTransfer {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int BUFFER = 1 << 16;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final HttpClient client;
  private final Duration stall;
  private final PublishedArchive archive;
  private final PartFile part;
  private final DownloadListener listener;

  /** Of the file that the last connection gave: the server sends the rest of no other. */
  private String validator;

  HttpTransfer(
      HttpClient client,
      Duration stall,
      PublishedArchive archive,
      PartFile part,
      DownloadListener listener) {
    this.client = client;
    this.stall = stall;
    this.archive = archive;
    this.part = part;
    this.listener = listener;
  }

  /**
   * Writes what one connection gives.
   *
   * @return whether the part is as long as the archive now; if not, ask again
   * @throws TransferException if the connection fails or breaks, or the server gives no such file
   * @throws ImageDataException if the server has a file of another length
   */
  boolean run() throws IOException {
    long there = part.size();
    if (there == archive.bytes) {
      return true;
    }
    if (there > archive.bytes) {
      part.delete();
      there = 0;
    }
    HttpResponse<InputStream> response = request(there);
    try (InputStream body = response.body()) {
      if (response.statusCode() == RANGE_NOT_SATISFIABLE && there > 0) {
        part.delete();
        return false;
      }
      write(body, offset(response, there));
    }
    return true;
  }

  private HttpResponse<InputStream> request(long there) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(archive.uri).timeout(stall);
    if (there > 0) {
      request.header("Range", "bytes=" + there + "-");
      if (validator != null) {
        request.header("If-Range", validator);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while downloading " + archive.uri);
    } catch (IOException e) {
      throw TransferException.lost(e);
    }
  }

  /** Where the body's first byte belongs, once it is certain that it is of this archive. */
  private long offset(HttpResponse<InputStream> response, long there) throws IOException {
    HttpHeaders headers = response.headers();
    long offset;
    long total;
    if (response.statusCode() == OK) {
      offset = 0;
      total = headers.firstValueAsLong("Content-Length").orElse(archive.bytes);
    } else if (response.statusCode() == PARTIAL_CONTENT) {
      String range = headers.firstValue("Content-Range").orElse("");
      Matcher matcher = CONTENT_RANGE.matcher(range);
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) != there) {
        throw TransferException.refused(
            String.format(
                "the server was asked for the bytes from %d on and gives '%s'", there, range));
      }
      offset = there;
      total = matcher.group(2).equals("*") ? archive.bytes : Long.parseLong(matcher.group(2));
    } else {
      throw TransferException.refused("the server answers with status " + response.statusCode());
    }
    if (total != archive.bytes) {
      throw new ImageDataException(
          String.format(
              "%s: expected an archive of %d bytes, found one of %d",
              archive.uri, archive.bytes, total));
    }
    validator = validator(headers);
    return offset;
  }

  /** A weak ETag says that two files mean the same, not that they are the same byte for byte. */
  private static String validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"))
        .orElse(null);
  }

  private void write(InputStream body, long offset) throws IOException {
    long there = offset;
    listener.begin(archive.fileName(), offset, archive.bytes);
    try (OutputStream output = part.open(offset);
        StallGuard guard = new StallGuard(body, stall)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = guard.read(buffer); read >= 0; read = guard.read(buffer)) {
        output.write(buffer, 0, read);
        there += read;
        if (there > archive.bytes) {
          part.delete();
          throw new ImageDataException(
              archive.uri + ": expected " + archive.bytes + " bytes, found more");
        }
        listener.received(read);
      }
    } finally {
      listener.end();
    }
    if (there < archive.bytes) {
      throw TransferException.lost(
          "the connection ended after " + there + " of " + archive.bytes + " bytes", null);
    }
  }
}
