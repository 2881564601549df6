package io.nirvanastreams.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts to a real MQTT broker, over TLS, with a password. */
class MqttIT {
  private static final long MILLIS = 10_000;

  @TempDir private static Path folder;

  private static Mosquitto mosquitto;

  @BeforeAll
  static void start() throws Exception {
    Mosquitto.assumePresent();
    mosquitto = Mosquitto.start(folder);
  }

  @AfterAll
  static void stop() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Test
  void shouldPublishWithAcknowledgementAndConnectAgainAfterTheBrokerWasAway() throws Exception {
    try (MqttChannel channel = channel(Mosquitto.PASSWORD, trust())) {
      try (Subscriber subscriber = new Subscriber()) {
        channel.send(Alerts.message("nirvana.alerts-1-5", "bags"));

        await().atMost(Duration.ofSeconds(20)).until(() -> subscriber.got.size() == 1);
        Subscriber.Got got = subscriber.got.get(0);
        assertThat(got.topic()).isEqualTo("it/default/BORN/bags");
        assertThat(got.message().getQos()).isEqualTo(1);
        assertThat(new String(got.message().getPayload(), StandardCharsets.UTF_8))
            .contains("\"id\":\"nirvana.alerts-1-5\"", "\"groupId\":\"bags\"");
        MqttProperties properties = got.message().getProperties();
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getUserProperties().get(0).getValue())
            .isEqualTo("nirvana.alerts-1-5");
      }
      mosquitto.stop();
      assertThatThrownBy(() -> channel.send(Alerts.message("b", "bags")))
          .isInstanceOf(DeliveryException.class);

      mosquitto.startAgain();
      try (Subscriber subscriber = new Subscriber()) {
        channel.send(Alerts.message("b", "bags"));
        await().atMost(Duration.ofSeconds(20)).until(() -> subscriber.got.size() == 1);
      }
    }
  }

  @Test
  void shouldSayWhenTheBrokerRefusesThePasswordWithoutNamingIt() {
    try (MqttChannel channel = channel("wrong-secret", trust())) {
      assertThatThrownBy(() -> channel.send(Alerts.message("a", "bags")))
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining("MQTT")
          .message()
          .doesNotContain("wrong-secret");
    }
  }

  @Test
  void shouldNotTalkToABrokerThatNobodyVouchesFor() {
    try (MqttChannel channel = channel(Mosquitto.PASSWORD, null)) {
      assertThatThrownBy(() -> channel.send(Alerts.message("a", "bags")))
          .isInstanceOf(DeliveryException.class);
    }
  }

  private static SSLSocketFactory trust() {
    return TrustedAuthorities.of(mosquitto.authority());
  }

  private static MqttChannel channel(String password, SSLSocketFactory tls) {
    return new MqttChannel(
        new MqttSettings(
            URI.create(mosquitto.uri()),
            new TopicTemplate("it/{scope}/{kind}/{group}"),
            Mosquitto.USER,
            password,
            tls,
            Duration.ofMillis(MILLIS)));
  }

  /** Somebody who listens to all alerts. */
  private static final class Subscriber implements AutoCloseable, MqttCallback {
    final List<Got> got = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;

    Subscriber() throws MqttException {
      client =
          new MqttAsyncClient(
              mosquitto.uri().replace("mqtts://", "ssl://"), "subscriber", new MemoryPersistence());
      client.setCallback(this);
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setUserName(Mosquitto.USER);
      options.setPassword(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8));
      options.setSocketFactory(trust());
      client.connect(options).waitForCompletion(MILLIS);
      client.subscribe("it/#", 1).waitForCompletion(MILLIS);
    }

    record Got(String topic, MqttMessage message) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      got.add(new Got(topic, message));
    }

    @Override
    public void close() throws MqttException {
      client.disconnect().waitForCompletion(MILLIS);
      client.close();
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
