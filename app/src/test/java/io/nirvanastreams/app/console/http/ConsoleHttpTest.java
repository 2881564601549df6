package io.nirvanastreams.app.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.console.Samples;
import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleHttpTest {
  private final TestClock clock = new TestClock();
  private final ConsoleView view = new ConsoleView(clock);
  private final DeskStandIn desk = new DeskStandIn();
  private final HttpClient client = HttpClient.newHttpClient();
  private ConsoleHttp http;

  @BeforeEach
  void start() throws IOException {
    http =
        ConsoleHttp.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            view,
            desk.desk(),
            clock);
    view.group("g 1", Samples.group("g 1", 4, GroupState.OPEN));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void shouldServeThePageWithAPolicyThatLetsNothingElseIn() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Nirvana Streams").doesNotContain("https://", "style=");
    assertThat(header(page, "Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .doesNotContain("unsafe");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console.css", "/icon.svg", "/js/main.js", "/js/dom.js"})
  void shouldServeThePagesFiles(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/js/",
        "/js/../index.html",
        "/%2e%2e/logback.xml",
        "/api/",
        "/api/frames/none",
        "/api/groups/none/exemplars/0",
        "/api/groups/g%201/exemplars/9"
      })
  void shouldAnswer404ForWhatIsNotThere(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("message");
  }

  @Test
  void shouldServePicturesAsWhatTheyAre() throws Exception {
    view.image(Samples.image("e/1", Samples.png(7)));

    HttpResponse<byte[]> frame =
        client.send(request("/api/frames/e%2F1").build(), BodyHandlers.ofByteArray());

    assertThat(frame.statusCode()).isEqualTo(200);
    assertThat(header(frame, "Content-Type")).isEqualTo("image/png");
    assertThat(frame.body()).isEqualTo(Samples.png(7));
    assertThat(get("/api/groups/g%201/exemplars/1").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost.evil", ""})
  void shouldRefuseOtherHosts(String host) throws Exception {
    assertThat(statusForHost(host)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:1234", "localhost", "LOCALHOST:80"})
  void shouldAnswerToTheNamesOfLoopback(String host) throws Exception {
    assertThat(statusForHost(host)).isEqualTo(200);
  }

  @Test
  void shouldWriteANameAsALabelOfTheGroup() throws Exception {
    HttpResponse<String> answer =
        label("{\"name\": \" <b>Bag & \\\"Co\\\" \", \"author\": \"ana\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    LabelAssigned label = desk.labels.get(0);
    assertThat(label.getSubjectId()).isEqualTo("g 1");
    assertThat(label.getAction()).isEqualTo(LabelAction.ASSIGN);
    assertThat(label.getClassName()).isEqualTo("<b>Bag & \"Co\"");
    assertThat(label.getAuthor()).isEqualTo("ana");
    assertThat(label.getAssignedAt()).isEqualTo(clock.instant());
  }

  @Test
  void shouldWriteIgnoreOnceAndRefuseASecondDecision() throws Exception {
    assertThat(label("{\"ignore\": true}").statusCode()).isEqualTo(200);
    assertThat(label("{\"name\": \"Bag\"}").statusCode()).isEqualTo(409);

    assertThat(desk.labels)
        .extracting(LabelAssigned::getAction)
        .containsExactly(LabelAction.IGNORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"name\": \"  \"}",
        "{\"name\": 7}",
        "{\"name\": \"a/b\"}",
        "{\"name\": \"a\\u0000b\"}",
        "{\"name\": \"a\\u200bb\"}",
        "{\"ignore\": \"yes\"}",
        "{\"ignore\": false}",
        "{\"ignore\": true, \"name\": \"Bag\"}",
        "{\"name\": \"12345678901234567890123456789012345678901234567890123456789012345\"}"
      })
  void shouldRefuseWhatIsNoDecision(String body) throws Exception {
    HttpResponse<String> answer = label(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("message");
    assertThat(desk.labels).isEmpty();
  }

  @Test
  void shouldRefuseAHugeBodyAndAnUnknownGroup() throws Exception {
    assertThat(label("{\"name\": \"" + "a".repeat(5000) + "\"}").statusCode()).isEqualTo(413);
    assertThat(send(post("/api/groups/none/label", "{\"name\": \"Bag\"}")).statusCode())
        .isEqualTo(404);
    assertThat(desk.labels).isEmpty();
  }

  @Test
  void shouldRefuseAPostFromAnotherPage() throws Exception {
    String path = "/api/groups/g%201/label";
    HttpRequest.Builder noOrigin =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"Bag\"}"));
    assertThat(send(noOrigin).statusCode()).isEqualTo(403);
    assertThat(send(post(path, "{}").setHeader("Origin", "http://evil.example")).statusCode())
        .isEqualTo(403);
    assertThat(send(post(path, "{}").setHeader("Content-Type", "text/plain")).statusCode())
        .isEqualTo(415);
    assertThat(desk.labels).isEmpty();
  }

  @Test
  void shouldSayWhenALabelCouldNotBeStoredAndLeaveTheGroupOpen() throws Exception {
    desk.failure = new KafkaException("no broker");
    assertThat(label("{\"name\": \"Bag\"}").statusCode()).isEqualTo(503);

    desk.failure = null;
    assertThat(label("{\"name\": \"Bag\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSendTheWholeStateAndThenWhatChanged() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(request("/api/events").build(), BodyHandlers.ofInputStream());
    assertThat(header(stream, "Content-Type")).isEqualTo("text/event-stream");
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread reader = new Thread(() -> readInto(lines, stream.body()));
    reader.setDaemon(true);
    reader.start();
    Duration deadline = Duration.ofSeconds(10);
    await().atMost(deadline).until(() -> !lines.isEmpty());
    assertThat(lines.get(0)).startsWith("data: {\"counters\":").contains("\"versions\":[]");

    view.recognition(Samples.answer("e1", Outcome.KNOWN, "Coat"), true);

    await()
        .atMost(deadline)
        .untilAsserted(
            () ->
                assertThat(lines.subList(1, lines.size()))
                    .anyMatch(line -> line.contains("\"e1\"") && !line.contains("versions")));
  }

  private static void readInto(List<String> lines, InputStream body) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> line.startsWith("data:")).forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      lines.add("ended");
    }
  }

  /** By hand, because Java's client sets the header itself. */
  private int statusForHost(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.uri().getPort())) {
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(reader.readLine().substring("HTTP/1.1 ".length()).substring(0, 3));
    }
  }

  private HttpResponse<String> label(String body) throws Exception {
    return send(post("/api/groups/g%201/label", body));
  }

  private HttpRequest.Builder post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .header("Origin", "http://127.0.0.1:" + http.uri().getPort())
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.uri().getPort() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
