package io.nirvanastreams.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void shouldHideSecretsOnly() {
    Map<String, String> settings =
        Map.of(
            "sasl.jaas.config", "user=\"me\" password=\"x\"",
            "ssl.truststore.password", "x",
            "basic.auth.user.info", "me:x",
            "schema.registry.url", "http://me:x@host:8081",
            "linger.ms", "5");

    assertThat(Secrets.masked(settings))
        .containsExactly(
            Map.entry("basic.auth.user.info", Secrets.MASK),
            Map.entry("linger.ms", "5"),
            Map.entry("sasl.jaas.config", Secrets.MASK),
            Map.entry("schema.registry.url", "http://" + Secrets.MASK + "@host:8081"),
            Map.entry("ssl.truststore.password", Secrets.MASK));
  }
}
