package io.nirvanastreams.app.security;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** What a cluster's refusal says to people, wherever in a failure's causes it is. Stateless. */
public final class Refusals {
  private static final String ACLS = "; 'nirvana acls' lists what each component needs";

  private Refusals() {}

  /** One line that says what is not allowed and what to do; empty for other failures. */
  public static Optional<String> text(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof AuthorizationException refused) {
        return Optional.of(text(refused));
      }
      if (cause instanceof SslAuthenticationException) {
        return Optional.of(
            "the TLS handshake with the cluster failed: "
                + cause.getMessage()
                + "; check ssl.truststore.*, ssl.keystore.* and the broker's name in its"
                + " certificate");
      }
      if (cause instanceof AuthenticationException) {
        return Optional.of(
            "the cluster refuses the credentials: "
                + cause.getMessage()
                + "; check sasl.mechanism and sasl.jaas.config");
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String text(AuthorizationException refused) {
    if (refused instanceof TopicAuthorizationException topics
        && !topics.unauthorizedTopics().isEmpty()) {
      return "the cluster does not allow this principal the topics "
          + topics.unauthorizedTopics()
          + ACLS;
    }
    if (refused instanceof GroupAuthorizationException group && group.groupId() != null) {
      return "the cluster does not allow this principal the consumer group "
          + group.groupId()
          + ACLS;
    }
    if (refused instanceof TransactionalIdAuthorizationException) {
      return "the cluster does not allow this principal its transactional ids" + ACLS;
    }
    if (refused instanceof ClusterAuthorizationException) {
      // What a producer is told that may write to no topic, before it names one.
      return "the cluster does not allow this principal to write to any topic: "
          + refused.getMessage()
          + ACLS;
    }
    return "the cluster does not allow it: " + refused.getMessage() + ACLS;
  }
}
