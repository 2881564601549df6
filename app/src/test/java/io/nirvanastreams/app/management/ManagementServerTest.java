package io.nirvanastreams.app.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private Health health = new Health(true, true, false, Map.of("model", "none yet"));
  private ManagementServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        ManagementServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            () -> health,
            () -> "images_total 7\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldTellTheThreeQuestionsApart() throws Exception {
    assertThat(get("/health/started").statusCode()).isEqualTo(200);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"DOWN\"", "none yet");

    health = new Health(true, false, true, Map.of());

    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldServeMetricsAsText() throws Exception {
    HttpResponse<String> metrics = get("/metrics");

    assertThat(metrics.body()).isEqualTo("images_total 7\n");
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void shouldTakeNothing() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(server.uri().resolve("/metrics"))
            .POST(BodyPublishers.ofString("x"))
            .build();

    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
  }
}
