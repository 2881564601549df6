package io.nirvanastreams.app.console.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who has signed in with a browser, for twelve hours. Bounded; safe from any thread. */
public final class Sessions {
  /** How long a session holds. */
  public static final Duration LENGTH = Duration.ofHours(12);

  private static final int MOST = 1_000;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /** None yet. */
  public Sessions(Clock clock) {
    this.clock = clock;
  }

  private record Session(Visitor visitor, Instant end) {}

  /** Opens a session and returns its secret id. The oldest one ends when there are too many. */
  public synchronized String open(Visitor visitor) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (sessions.size() >= MOST) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    sessions.put(id, new Session(visitor, clock.instant().plus(LENGTH)));
    return id;
  }

  /** Whose session it is; empty when there is none or it is over. */
  public synchronized Optional<Visitor> visitor(String id) {
    Session session = sessions.get(id);
    if (session != null && session.end().isBefore(clock.instant())) {
      sessions.remove(id);
      return Optional.empty();
    }
    return Optional.ofNullable(session).map(Session::visitor);
  }

  /** Ends a session, if there is one. */
  public synchronized void close(String id) {
    sessions.remove(id);
  }
}
