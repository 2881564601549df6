package io.nirvanastreams.trainer.fetch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Opens HTTP connections, following redirects from HTTP to HTTPS but never back. Stateless.
 *
 * <p>{@code HttpURLConnection} and not {@code java.net.http}: only it gives up when a server falls
 * silent in the middle of a body.
 */
final class Connections {
  static final int RANGE_NOT_SATISFIABLE = 416;

  private static final int CONNECT_MILLIS = 20_000;
  private static final int READ_MILLIS = 60_000;
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private Connections() {}

  /**
   * Asks for a file from a position on.
   *
   * @param from 0 for all of it
   * @param validator that the rest must belong to; null for none
   */
  static HttpURLConnection open(URI place, long from, String validator) throws IOException {
    URI at = place;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpURLConnection connection = ask(at, from, validator);
      if (!REDIRECTS.contains(connection.getResponseCode())) {
        return connection;
      }
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      at = next(at, location);
    }
    throw new IOException(place + " redirects too often");
  }

  private static HttpURLConnection ask(URI place, long from, String validator) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) place.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("User-Agent", "nirvana-streams");
    // A packed transfer would make lengths and ranges those of something else.
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
      if (validator != null) {
        connection.setRequestProperty("If-Range", validator);
      }
    }
    return connection;
  }

  private static URI next(URI from, String location) throws IOException {
    try {
      URI to = from.resolve(new URI(location == null ? "" : location));
      boolean secure = "https".equals(to.getScheme());
      if (location == null
          || !(secure || ("http".equals(to.getScheme()) && !"https".equals(from.getScheme())))) {
        throw new IOException(from + " redirects to nowhere that can be trusted: " + location);
      }
      return to;
    } catch (URISyntaxException e) {
      throw new IOException(from + " redirects to nowhere: " + location, e);
    }
  }

  /** Why a connection failed, for people. */
  static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the host " + e.getMessage() + " is not known here";
    }
    return e instanceof SocketTimeoutException ? "no answer in time" : e.getMessage();
  }
}
