package io.nirvanastreams.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_767_225_600), ZoneOffset.UTC);

  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void shouldSignAsAnyOtherToolDoes() {
    // printf '1767225600.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef
    byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    assertThat(Signature.of(SECRET, 1_767_225_600, body))
        .isEqualTo("v1=539b0e21b535c5201ef7d1453c0a0de4ad132293226de9018be0cfbf0092faa6");
  }

  @Test
  void shouldPostTheAlertWithAKeyATimeAndASignatureOfBoth() throws Exception {
    try (Webhook webhook = webhook(receiver.uri())) {
      webhook.send(Alerts.message("nirvana.alerts-0-7", "bags"));
    }

    Receiver.Request request = receiver.requests.get(0);
    assertThat(request.header(Webhook.IDEMPOTENCY_KEY)).isEqualTo("nirvana.alerts-0-7");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    long seconds = Long.parseLong(request.header(Webhook.TIMESTAMP));
    assertThat(seconds).isEqualTo(CLOCK.instant().getEpochSecond());
    assertThat(request.header(Webhook.SIGNATURE))
        .isEqualTo(Signature.of(SECRET, seconds, request.body().getBytes(StandardCharsets.UTF_8)));
    JsonNode json = new ObjectMapper().readTree(request.body());
    assertThat(json.path("kind").asText()).isEqualTo("BORN");
    assertThat(json.path("groupId").asText()).isEqualTo("bags");
    assertThat(json.path("size").asLong()).isEqualTo(8);
    assertThat(json.path("raisedAt").asText()).isEqualTo("2026-01-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 404, 401, 302})
  void shouldTakeAnyOtherStatusForAFailureAndFollowNothing(int status) {
    receiver.answerWith(status);

    assertThatThrownBy(() -> webhook(receiver.uri()).send(Alerts.message("a", "bags")))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining(Integer.toString(status));
    assertThat(receiver.requests).hasSize(1);
  }

  @Test
  void shouldGiveUpOnAReceiverThatIsTooSlow() {
    receiver.holdAnswers();
    Webhook hasty = new Webhook(receiver.uri(), SECRET, Duration.ofMillis(300), CLOCK);

    assertThatThrownBy(() -> hasty.send(Alerts.message("a", "bags")))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("no answer within");
  }

  @Test
  void shouldNameNoSecretWhenNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Webhook webhook = webhook(URI.create("http://127.0.0.1:" + free + "/hook/T0KEN?key=K3Y"));

    assertThat(webhook.name()).isEqualTo("webhook http://127.0.0.1:" + free);
    assertThatThrownBy(() -> webhook.send(Alerts.message("a", "bags")))
        .isInstanceOf(DeliveryException.class)
        .message()
        .doesNotContain("T0KEN", "K3Y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "http://user:password@host/", "/path", "https:///x"})
  void shouldRefuseAnAddressThatIsNone(String address) {
    assertThatThrownBy(() -> webhook(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("password");
  }

  @Test
  void shouldRefuseASecretThatCanBeGuessed() {
    assertThatThrownBy(() -> new Webhook(receiver.uri(), new byte[8], TIMEOUT, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16");
  }

  private static Webhook webhook(URI uri) {
    return new Webhook(uri, SECRET, TIMEOUT, CLOCK);
  }
}
