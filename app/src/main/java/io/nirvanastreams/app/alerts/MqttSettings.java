package io.nirvanastreams.app.alerts;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * How an MQTT broker is reached. Immutable.
 *
 * @param uri {@code mqtt://HOST[:1883]} or {@code mqtts://HOST[:8883]}
 * @param topic where alerts go
 * @param user empty for nobody
 * @param password of the user; empty for none
 * @param tls who is trusted under {@code mqtts}; null for those that Java trusts
 * @param timeout of one attempt
 */
public record MqttSettings(
    URI uri,
    TopicTemplate topic,
    String user,
    String password,
    SSLSocketFactory tls,
    Duration timeout) {
  private static final int PLAIN_PORT = 1883;
  private static final int TLS_PORT = 8883;

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException when it is not as described
   */
  public MqttSettings {
    boolean scheme = String.valueOf(uri.getScheme()).matches("mqtts?");
    boolean path = uri.getPath() != null && !uri.getPath().matches("/?");
    if (!scheme || uri.getHost() == null || uri.getUserInfo() != null || path) {
      throw new IllegalArgumentException(
          "the MQTT broker's address must be mqtt://HOST:PORT or mqtts://HOST:PORT");
    }
    if (!password.isEmpty() && user.isEmpty()) {
      throw new IllegalArgumentException("an MQTT password needs an MQTT user");
    }
  }

  /** Whether the connection is encrypted. */
  boolean encrypted() {
    return uri.getScheme().equals("mqtts");
  }

  /** The address as the client writes it. */
  String serverUri() {
    int port = uri.getPort() >= 0 ? uri.getPort() : encrypted() ? TLS_PORT : PLAIN_PORT;
    return (encrypted() ? "ssl://" : "tcp://") + uri.getHost() + ":" + port;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return uri + " " + topic.text();
  }
}
