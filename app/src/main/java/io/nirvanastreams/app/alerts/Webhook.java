package io.nirvanastreams.app.alerts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;

/**
 * POSTs alerts as JSON, signed. Any status 2xx is a receipt; redirects are not followed, so that
 * nothing goes where the operator did not point. For one thread.
 */
public final class Webhook implements AlertChannel {
  /** Header with {@link Signature}. */
  public static final String SIGNATURE = "Nirvana-Signature";

  /** Header with the time that is signed, seconds since 1970. */
  public static final String TIMESTAMP = "Nirvana-Timestamp";

  /** Header with {@link AlertMessage#id}. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final int SHORTEST_SECRET = 16;

  private final URI uri;
  private final byte[] secret;
  private final Duration timeout;
  private final Clock clock;
  private final HttpClient client;

  /**
   * A webhook.
   *
   * @param secret signs; the receiver has it too
   * @param timeout of one attempt, from connecting to the status
   * @throws IllegalArgumentException when the address or the secret cannot be used
   */
  public Webhook(URI uri, byte[] secret, Duration timeout, Clock clock) {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.matches("https?") || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the webhook's address must be http(s)://HOST/..., without a user");
    }
    if (secret.length < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "the webhook's secret must have at least " + SHORTEST_SECRET + " bytes");
    }
    this.uri = uri;
    this.secret = secret.clone();
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Without path and query, which often are a secret. */
  @Override
  public String name() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return "webhook " + uri.getScheme() + "://" + uri.getHost() + port;
  }

  @Override
  public void send(AlertMessage alert) throws DeliveryException, InterruptedException {
    byte[] body = alert.json();
    long now = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header(IDEMPOTENCY_KEY, alert.id())
            .header(TIMESTAMP, Long.toString(now))
            .header(SIGNATURE, Signature.of(secret, now, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
      if (answer.statusCode() / 100 != 2) {
        throw new DeliveryException("it answered " + answer.statusCode());
      }
    } catch (HttpTimeoutException e) {
      throw new DeliveryException("no answer within " + timeout.toSeconds() + " s");
    } catch (IOException e) {
      throw new DeliveryException(e.getClass().getSimpleName() + " on the way");
    }
  }

  @Override
  public void close() {
    // Java 17's client has nothing to close: its threads end with it.
  }
}
