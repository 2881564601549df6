package io.nirvanastreams.app.alerts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes alerts to an MQTT 5 broker with QoS 1: an alert is sent when the broker has
 * acknowledged it. Connects when there is something to send and no connection. For one thread.
 */
public final class MqttChannel implements AlertChannel {
  private static final Logger LOG = LoggerFactory.getLogger(MqttChannel.class);
  private static final int QOS = 1;
  private static final int FIRST_FAILURE_CODE = 0x80;

  private final MqttSettings settings;
  private final String clientId = "nirvana-alerts-" + UUID.randomUUID();
  private MqttAsyncClient client;

  /** Connects later. */
  public MqttChannel(MqttSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "mqtt " + settings.serverUri();
  }

  @Override
  public void send(AlertMessage alert) throws DeliveryException, InterruptedException {
    long millis = settings.timeout().toMillis();
    try {
      connect(millis);
      IMqttToken token = client.publish(settings.topic().topic(alert), message(alert));
      token.waitForCompletion(millis);
      int[] codes = token.getReasonCodes();
      if (codes != null && Arrays.stream(codes).anyMatch(code -> code >= FIRST_FAILURE_CODE)) {
        throw new DeliveryException("the broker refused it: reason " + Arrays.toString(codes));
      }
    } catch (MqttException e) {
      disconnect(); // the next attempt starts afresh
      throw new DeliveryException("MQTT " + e.getReasonCode() + ": " + e.getMessage());
    }
  }

  private void connect(long millis) throws MqttException {
    if (client != null && client.isConnected()) {
      return;
    }
    disconnect();
    client = new MqttAsyncClient(settings.serverUri(), clientId, new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false); // attempts are counted here
    options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    if (!settings.user().isEmpty()) {
      options.setUserName(settings.user());
      options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
    }
    if (settings.encrypted() && settings.tls() != null) {
      options.setSocketFactory(settings.tls());
    }
    client.connect(options).waitForCompletion(millis);
  }

  private static MqttMessage message(AlertMessage alert) {
    MqttProperties properties = new MqttProperties();
    properties.setPayloadFormat(true);
    properties.setContentType("application/json");
    properties.setUserProperties(List.of(new UserProperty("idempotency-key", alert.id())));
    MqttMessage message = new MqttMessage(alert.json());
    message.setQos(QOS);
    message.setProperties(properties);
    return message;
  }

  private void disconnect() {
    if (client == null) {
      return;
    }
    try {
      if (client.isConnected()) {
        client.disconnect().waitForCompletion(settings.timeout().toMillis());
      }
    } catch (MqttException e) {
      LOG.debug("no polite end of {}", name(), e);
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("no clean end of {}", name(), e);
    }
    client = null;
  }

  @Override
  public void close() {
    disconnect();
  }
}
