package io.nirvanastreams.app.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.console.Samples;
import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAssigned;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessHttpTest {
  private static final String ANA = "0123456789abcdef";
  private static final String BEN = "fedcba9876543210";
  private static final InetSocketAddress EVERYWHERE = new InetSocketAddress("0.0.0.0", 0);

  @TempDir private Path folder;
  private final TestClock clock = new TestClock();
  private final ConsoleView view = new ConsoleView(clock);
  private final DeskStandIn desk = new DeskStandIn();
  private final HttpClient client = HttpClient.newHttpClient();
  private ConsoleHttp http;

  @BeforeEach
  void start() throws IOException {
    Path file =
        Files.writeString(folder.resolve("tokens"), "ana label " + ANA + "\nben view " + BEN);
    http = ConsoleHttp.start(EVERYWHERE, Tokens.read(file), view, desk.desk(), clock);
    view.group("g", Samples.group("g", 4, GroupState.OPEN));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void shouldNotListenWhereOthersCanReachItWithoutTokens() {
    assertThatThrownBy(() -> ConsoleHttp.start(EVERYWHERE, null, view, desk.desk(), clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs --tokens");
  }

  @Test
  void shouldTellNothingToStrangers() throws Exception {
    for (String path :
        List.of("/api/state", "/api/me", "/api/events", "/api/groups/g/exemplars/0")) {
      assertThat(send(request(path)).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(send(request("/api/state").header("Authorization", "Bearer guess")).statusCode())
        .isEqualTo(401);
    assertThat(send(request("/")).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldNameTheAuthorByTheToken() throws Exception {
    HttpResponse<String> answer =
        send(
            label("{\"name\": \"Bag\", \"author\": \"somebody else\"}")
                .header("Authorization", "Bearer " + ANA));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(desk.labels).extracting(LabelAssigned::getAuthor).containsExactly("ana");
  }

  @Test
  void shouldNotLetALookerDecide() throws Exception {
    HttpResponse<String> answer =
        send(label("{\"name\": \"Bag\"}").header("Authorization", "Bearer " + BEN));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("VIEW").contains("LABEL");
    assertThat(desk.labels).isEmpty();
  }

  @Test
  void shouldKeepASessionInACookieThatOtherPagesCannotUse() throws Exception {
    HttpResponse<String> signedIn = signIn(ANA);
    assertThat(signedIn.statusCode()).isEqualTo(200);
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(ANA);
    String session = cookie.substring(0, cookie.indexOf(';'));

    assertThat(send(request("/api/me").header("Cookie", session)).body()).contains("ana", "LABEL");
    assertThat(send(label("{\"name\": \"Bag\"}").header("Cookie", session)).statusCode())
        .isEqualTo(403);
    assertThat(
            send(label("{\"name\": \"Bag\"}").header("Cookie", session).header("Origin", origin()))
                .statusCode())
        .isEqualTo(200);

    send(post("/api/sign-out", "{}").header("Cookie", session).header("Origin", origin()));
    assertThat(send(request("/api/me").header("Cookie", session)).statusCode()).isEqualTo(401);
  }

  @Test
  void shouldSlowDownWhoGuesses() throws Exception {
    int refused = 0;
    while (signIn("guess-" + refused).statusCode() == 401) {
      refused++;
      assertThat(refused).isLessThan(100);
    }

    assertThat(signIn(ANA).statusCode()).isEqualTo(429);
  }

  private HttpResponse<String> signIn(String token) throws Exception {
    return send(post("/api/sign-in", "{\"token\": \"" + token + "\"}").header("Origin", origin()));
  }

  private String origin() {
    return "http://127.0.0.1:" + http.uri().getPort();
  }

  private HttpRequest.Builder label(String body) {
    return post("/api/groups/g/label", body);
  }

  private HttpRequest.Builder post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(http.uri().resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
