package io.nirvanastreams.app.console.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.nirvanastreams.app.console.access.RateLimit;
import io.nirvanastreams.app.console.access.Role;
import io.nirvanastreams.app.console.access.Sessions;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.console.access.Visitor;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets visitors in. Without tokens everybody is at home here, and the server listens on loopback
 * only. With tokens a request carries one ({@code Authorization: Bearer}) or the cookie of a
 * session that was opened with one. Safe from any thread.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final String COOKIE = "nirvana-session";
  private static final int LONGEST_TOKEN = 512;
  private static final int ATTEMPTS_PER_MINUTE = 10;
  private static final int DECISIONS_PER_MINUTE = 120;

  private final Tokens tokens;
  private final Sessions sessions;
  private final RateLimit attempts;
  private final RateLimit decisions;

  /**
   * A gate.
   *
   * @param tokens who may come in; null for everybody on this machine
   */
  Gate(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.sessions = new Sessions(clock);
    this.attempts = new RateLimit(ATTEMPTS_PER_MINUTE, clock);
    this.decisions = new RateLimit(DECISIONS_PER_MINUTE, clock);
  }

  /** Whether visitors have to say who they are. */
  boolean guarded() {
    return tokens != null;
  }

  /**
   * Who asks.
   *
   * @throws HttpProblem 401 when nobody that is known, 403 when they may not do this
   */
  Visitor admit(HttpExchange exchange, Role needed) throws HttpProblem {
    Visitor visitor = visitor(exchange);
    require(visitor, needed);
    return visitor;
  }

  /**
   * Who wants to decide something: not too often, and from our own page. Whether their role lets
   * them is for the caller to ask.
   */
  Visitor admitToDecide(HttpExchange exchange) throws HttpProblem {
    Visitor visitor = visitor(exchange);
    // A token in the header cannot be sent by a page from elsewhere; a cookie can.
    RequestGuard.checkPost(exchange.getRequestHeaders(), bearer(exchange).isEmpty());
    if (!decisions.take(visitor.name())) {
      throw new HttpProblem(429, "too many decisions in a minute; wait a little");
    }
    return visitor;
  }

  /** Refuses a visitor who may not do this. */
  static void require(Visitor visitor, Role needed) throws HttpProblem {
    if (!visitor.role().covers(needed)) {
      throw new HttpProblem(
          403, "your role " + visitor.role() + " may not do this; it takes " + needed);
    }
  }

  /** Opens a session for the token in the body, and gives its cookie to the answer. */
  Visitor signIn(HttpExchange exchange) throws IOException, HttpProblem {
    RequestGuard.checkPost(exchange.getRequestHeaders(), true);
    String caller = exchange.getRemoteAddress().getAddress().getHostAddress();
    if (!attempts.take(caller)) {
      throw new HttpProblem(429, "too many attempts; wait a minute");
    }
    String token = JsonBody.read(exchange).text("token", LONGEST_TOKEN);
    Optional<Visitor> visitor = guarded() ? tokens.visitor(token) : Optional.empty();
    if (visitor.isEmpty()) {
      LOG.warn("a sign-in from {} was refused", caller);
      throw new HttpProblem(401, "this token is not known here");
    }
    LOG.info("{} signed in from {}", visitor.get().name(), caller);
    String id = sessions.open(visitor.get());
    setCookie(exchange, id, Sessions.LENGTH.toSeconds());
    return visitor.get();
  }

  /** Ends the session of the request. */
  void signOut(HttpExchange exchange) throws IOException, HttpProblem {
    RequestGuard.checkPost(exchange.getRequestHeaders(), true);
    cookie(exchange).ifPresent(sessions::close);
    setCookie(exchange, "", 0);
    Responses.sendJson(exchange, 200, Map.of("guarded", guarded()));
  }

  void sendVisitor(HttpExchange exchange, Visitor visitor) throws IOException {
    Responses.sendJson(
        exchange,
        200,
        Map.of("name", visitor.name(), "role", visitor.role().name(), "guarded", guarded()));
  }

  private Visitor visitor(HttpExchange exchange) throws HttpProblem {
    if (!guarded()) {
      return Visitor.LOCAL;
    }
    Optional<String> bearer = bearer(exchange);
    if (bearer.isPresent()) {
      String caller = exchange.getRemoteAddress().getAddress().getHostAddress();
      Optional<Visitor> known = tokens.visitor(bearer.get());
      if (known.isEmpty() && !attempts.take(caller)) {
        throw new HttpProblem(429, "too many attempts; wait a minute");
      }
      return known.orElseThrow(() -> new HttpProblem(401, "this token is not known here"));
    }
    return cookie(exchange)
        .flatMap(sessions::visitor)
        .orElseThrow(() -> new HttpProblem(401, "sign in with a token first"));
  }

  private static Optional<String> bearer(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null && header.startsWith("Bearer ")
        ? Optional.of(header.substring("Bearer ".length()).strip())
        : Optional.empty();
  }

  private static Optional<String> cookie(HttpExchange exchange) {
    for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String part : header.split(";", -1)) {
        String pair = part.strip();
        if (pair.startsWith(COOKIE + "=")) {
          return Optional.of(pair.substring(COOKIE.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static void setCookie(HttpExchange exchange, String value, long seconds) {
    Headers request = exchange.getRequestHeaders();
    boolean secure = String.valueOf(request.getFirst("Origin")).startsWith("https:");
    exchange
        .getResponseHeaders()
        .set(
            "Set-Cookie",
            COOKIE
                + "="
                + value
                + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                + seconds
                + (secure ? "; Secure" : ""));
  }
}
