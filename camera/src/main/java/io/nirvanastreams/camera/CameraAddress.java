package io.nirvanastreams.camera;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a camera or a file is, as the user named it. Immutable.
 *
 * @param location a path, or a URL without user name and password
 * @param user the name to log in with; null for none
 * @param password the password to log in with; null for none
 */
public record CameraAddress(String location, String user, String password) {
  private static final Set<String> VIDEO =
      Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "flv", "mjpeg", "3gp");

  /**
   * An address of which the location may hold user name and password.
   *
   * @param user goes before what the location holds; null for none
   * @param password goes before what the location holds; null for none
   * @throws IllegalArgumentException when it is no URL though it looks like one
   */
  public static CameraAddress of(String location, String user, String password) {
    if (!location.contains("://")) {
      return new CameraAddress(location, user, password);
    }
    try {
      URI uri = new URI(location);
      if (uri.getHost() == null) {
        throw new IllegalArgumentException("the camera's URL names no host");
      }
      String[] inside = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
      URI bare =
          new URI(
              uri.getScheme(),
              null,
              uri.getHost(),
              uri.getPort(),
              uri.getPath(),
              uri.getQuery(),
              null);
      return new CameraAddress(
          bare.toString(),
          user == null && inside.length > 0 ? inside[0] : user,
          password == null && inside.length > 1 ? inside[1] : password);
    } catch (URISyntaxException e) {
      // Its message quotes the URL, which may hold the password.
      throw new IllegalArgumentException("the camera's address is no URL: " + e.getReason(), e);
    }
  }

  /** The scheme of a URL, in lower case; empty for a path. */
  public Optional<String> scheme() {
    int end = location.indexOf("://");
    return end < 0
        ? Optional.empty()
        : Optional.of(location.substring(0, end).toLowerCase(Locale.ROOT));
  }

  /** Whether this is a path that ends as the files of videos do. */
  public boolean isVideoFile() {
    int dot = location.lastIndexOf('.');
    return scheme().isEmpty()
        && dot >= 0
        && VIDEO.contains(location.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether frames come as they are taken: a camera. Files wait until they are read. */
  public boolean isLive() {
    return scheme().isPresent();
  }

  /** The location without what may be secret: no password, no query. */
  @Override
  public String toString() {
    int query = scheme().isPresent() ? location.indexOf('?') : -1;
    return query < 0 ? location : location.substring(0, query);
  }
}
