package io.nirvanastreams.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  @Test
  void shouldFindTheRefusalAmongTheCauses() {
    assertThat(text(new TopicAuthorizationException(Set.of("t.images"))))
        .contains("the topics [t.images]", "'nirvana acls'");
    assertThat(text(GroupAuthorizationException.forGroupId("g"))).contains("consumer group g");
    assertThat(text(new TransactionalIdAuthorizationException("no"))).contains("transactional ids");
    assertThat(text(new SaslAuthenticationException("bad"))).contains("credentials: bad");
    assertThat(text(new SslAuthenticationException("bad"))).contains("TLS handshake");
  }

  @Test
  void shouldLeaveOtherFailuresAlone() {
    RuntimeException inCircle = new RuntimeException("one");
    inCircle.initCause(new RuntimeException("two", inCircle));

    assertThat(Refusals.text(new KafkaException("gone"))).isEmpty();
    assertThat(Refusals.text(inCircle)).isEmpty();
  }

  private static String text(RuntimeException refusal) {
    return Refusals.text(new IllegalStateException("outer", new KafkaException("inner", refusal)))
        .orElseThrow();
  }
}
