package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps other web pages out. Loopback alone does not: a page from elsewhere, open in the operator's
 * browser, can send requests here.
 *
 * <ul>
 *   <li>Another host name in {@code Host} is a name that was rebound to 127.0.0.1: refused.
 *   <li>A POST needs the origin of this page and a media type that a form cannot send.
 * </ul>
 *
 * <p>The port is not compared with the server's own, so that a tunnel to another port works.
 */
final class RequestGuard {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private RequestGuard() {}

  static void checkHost(Headers headers) throws HttpProblem {
    String host = headers.getFirst("Host");
    if (host == null || !LOOPBACK.contains(withoutPort(host).toLowerCase(Locale.ROOT))) {
      throw new HttpProblem(403, "this console answers to 127.0.0.1 and localhost only");
    }
  }

  /**
   * Checks a request that changes something.
   *
   * @param fromPage whether it must come from this page: not so when it carries a secret that no
   *     other page knows
   */
  static void checkPost(Headers headers, boolean fromPage) throws HttpProblem {
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    // Behind a proxy that ends TLS the page's scheme is not this server's.
    if (fromPage && !("http://" + host).equals(origin) && !("https://" + host).equals(origin)) {
      throw new HttpProblem(403, "this request must come from the console's own page");
    }
    String type = headers.getFirst("Content-Type");
    if (type == null || !mediaType(type).equals("application/json")) {
      throw new HttpProblem(415, "Content-Type must be application/json");
    }
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d{1,5}$", "");
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
