package io.nirvanastreams.trainer.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Brings one file over HTTP into a partial file, and goes on where an earlier attempt stopped if
 * the server can (RFC 9110, section 14). What was begun under another validator starts afresh. The
 * caller checks the result. For one thread.
 */
final class Download {
  private static final int ATTEMPTS = 4;
  private static final int TOO_MANY_REQUESTS = 429;

  private final FetchListener listener;
  private final Pause pause;

  /** Waits between attempts. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  Download(FetchListener listener, Pause pause) {
    this.listener = listener;
    this.pause = pause;
  }

  /** There is no use in trying again at this place. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Downloads until the partial file is as long as the file was published.
   *
   * @param part may hold the beginning already
   * @return whether a beginning was used
   * @throws IOException when the place does not have the file, or all attempts failed
   */
  boolean run(URI place, RemoteFile file, Path part) throws IOException {
    boolean resumed = false;
    int failures = 0;
    while (true) {
      long before = length(part);
      try {
        return attempt(place, file, part) || resumed;
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        // A connection that breaks again and again but brings something each time gets there.
        failures = length(part) > before ? 1 : failures + 1;
        if (failures == ATTEMPTS) {
          throw new IOException(
              "no success in " + ATTEMPTS + " attempts, the last: " + reason(e), e);
        }
        listener.onRetry(file, reason(e));
        resumed = true;
        waitAfter(failures);
      }
    }
  }

  private static long length(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private void waitAfter(int failures) throws IOException {
    try {
      pause.of(Duration.ofSeconds(1L << (failures - 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }

  private boolean attempt(URI place, RemoteFile file, Path part) throws IOException {
    Path tag = part.resolveSibling(part.getFileName() + ".tag");
    long have = length(part);
    if (have > file.bytes()) {
      Files.delete(part);
      have = 0;
    }
    if (have == file.bytes() && have > 0) {
      return true;
    }
    String validator = have > 0 && Files.exists(tag) ? Files.readString(tag) : null;
    HttpURLConnection connection = Connections.open(place, have, validator);
    try {
      boolean resumed = resumes(connection, place, have, part);
      String current = validator(connection);
      if (current == null) {
        Files.deleteIfExists(tag);
      } else {
        Files.writeString(tag, current);
      }
      copy(connection, file, part, resumed ? have : 0);
      Files.deleteIfExists(tag);
      return resumed;
    } finally {
      connection.disconnect();
    }
  }

  /** Whether the answer is the rest of the file; false when it is the whole. */
  private static boolean resumes(HttpURLConnection connection, URI place, long have, Path part)
      throws IOException {
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_OK) {
      return false;
    }
    if (status == HttpURLConnection.HTTP_PARTIAL && have > 0) {
      String range = connection.getHeaderField("Content-Range");
      if (range != null && range.startsWith("bytes " + have + "-")) {
        return true;
      }
    }
    // Whatever is wrong with the beginning, the next attempt does without it.
    if (status == HttpURLConnection.HTTP_PARTIAL || status == Connections.RANGE_NOT_SATISFIABLE) {
      Files.deleteIfExists(part);
      throw new IOException(place.getHost() + " does not give the rest of the file");
    }
    String message = place + " answers with status " + status;
    if (status >= 400 && status < 500 && status != TOO_MANY_REQUESTS) {
      throw new RefusedException(message);
    }
    throw new IOException(message);
  }

  /** What tells this version of the file from another; weak tags do not tell bytes apart. */
  private static String validator(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    return tag != null && !tag.startsWith("W/") ? tag : connection.getHeaderField("Last-Modified");
  }

  private void copy(HttpURLConnection connection, RemoteFile file, Path part, long from)
      throws IOException {
    long done = from;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      listener.onBytes(file, done);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        done += count;
        if (done > file.bytes()) {
          throw new RefusedException(
              connection.getURL() + " is longer than the " + file.bytes() + " bytes published");
        }
        out.write(buffer, 0, count);
        listener.onBytes(file, done);
      }
    }
    if (done < file.bytes()) {
      throw new IOException(
          "the connection ended after " + done + " of " + file.bytes() + " bytes");
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : Connections.reason(e);
  }
}
