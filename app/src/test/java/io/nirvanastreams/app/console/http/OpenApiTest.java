package io.nirvanastreams.app.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.nirvanastreams.app.console.Samples;
import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The document says what the server does: every route, role and answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final String OPERATOR = "operator-0123456789";
  private static final String VIEWER = "viewer-0123456789";

  @TempDir private static Path folder;
  private final TestClock clock = new TestClock();
  private final HttpClient client = HttpClient.newHttpClient();
  private final DeskStandIn desk = new DeskStandIn();
  private ConsoleHttp http;
  private JsonNode document;

  @BeforeAll
  void start() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tokens"), "olga operate %s%nvic view %s%n".formatted(OPERATOR, VIEWER));
    ConsoleView view = new ConsoleView(clock);
    fill(view);
    http =
        ConsoleHttp.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Tokens.read(file),
            view,
            desk.desk(),
            clock);
    document = JSON.readTree(send(request("/api/openapi.json")).body());
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void shouldBeAnOpenApiDocument() throws Exception {
    // The Initiative's own schema of OpenAPI 3.1, as published in 2022-10-07 (Apache 2.0).
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi-3.1-schema.json")) {
      assertThat(SCHEMAS.getSchema(in).validate(document)).isEmpty();
    }
  }

  @Test
  void shouldHaveEveryRouteOfTheCodeAndNoOther() {
    Set<String> documented = new HashSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.allOf(Route.class).stream()
                .map(route -> route.method() + " " + route.template())
                .toList());
  }

  @Test
  void shouldNameTheRoleOfEveryRoute() throws Exception {
    for (Route route : Route.values()) {
      JsonNode operation = operation(route);
      String role = route.role() == null ? "NONE" : route.role().name();
      assertThat(operation.path("x-role").asText()).as(route.name()).isEqualTo(role);
      assertThat(operation.path("security").isEmpty()).isEqualTo(route.role() == null);
      if (route.role() != null) {
        HttpResponse<String> stranger = send(call(route, "{}"));
        assertThat(stranger.statusCode()).as(route.name()).isEqualTo(401);
        assertAnswers(route, stranger);
      }
      if (route.role() != null && !route.role().equals(Route.ME.role())) {
        HttpResponse<String> viewer =
            send(call(route, "{}").header("Authorization", bearer(VIEWER)));
        assertThat(viewer.statusCode()).as(route.name()).isEqualTo(403);
        assertAnswers(route, viewer);
      }
    }
  }

  @Test
  void shouldAnswerAsItSays() throws Exception {
    for (Route route :
        EnumSet.complementOf(EnumSet.of(Route.EVENTS, Route.SIGN_IN, Route.SIGN_OUT))) {
      HttpResponse<String> answer =
          send(call(route, body(route)).header("Authorization", bearer(OPERATOR)));
      assertThat(answer.statusCode()).as(route + " " + answer.body()).isEqualTo(200);
      assertAnswers(route, answer);
    }
  }

  @Test
  void shouldSendStatesAsEvents() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(
            request("/api/events").header("Authorization", bearer(OPERATOR)).build(),
            BodyHandlers.ofInputStream());

    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      JsonNode state = JSON.readTree(reader.readLine().substring("data: ".length()));
      assertThat(schema("#/components/schemas/State").validate(state)).isEmpty();
    }
  }

  @Test
  void shouldSignInAndOutAsItSays() throws Exception {
    String origin = "http://127.0.0.1:" + http.uri().getPort();
    HttpResponse<String> in =
        send(call(Route.SIGN_IN, body(Route.SIGN_IN)).header("Origin", origin));
    HttpResponse<String> refused =
        send(call(Route.SIGN_IN, "{\"token\": \"guess\"}").header("Origin", origin));
    HttpResponse<String> out = send(call(Route.SIGN_OUT, "{}").header("Origin", origin));

    assertThat(in.statusCode()).isEqualTo(200);
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("nirvana-session=");
    assertAnswers(Route.SIGN_IN, in);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertAnswers(Route.SIGN_IN, refused);
    assertAnswers(Route.SIGN_OUT, out);
  }

  @Test
  void shouldSayOfWhatMayBeSentWhatTheServerTakes() throws Exception {
    for (Map.Entry<String, Boolean> body :
        Map.of(
                "{\"name\": \"Bag\"}", true,
                "{\"ignore\": true}", true,
                "{\"ignore\": true, \"name\": \"Bag\"}", false,
                "{\"name\": \"\"}", false,
                "{}", false)
            .entrySet()) {
      JsonNode json = JSON.readTree(body.getKey());
      boolean said = schema("#/components/schemas/LabelDecision").validate(json).isEmpty();
      HttpResponse<String> answer =
          send(
              request("/api/groups/none/label", body.getKey())
                  .header("Authorization", bearer(OPERATOR)));
      assertThat(said).as(body.getKey()).isEqualTo(body.getValue());
      assertThat(answer.statusCode()).as(body.getKey()).isEqualTo(said ? 404 : 400);
      assertAnswers(Route.LABEL, answer);
    }
  }

  /** The status is documented, and so is what came with it. */
  private void assertAnswers(Route route, HttpResponse<String> answer) throws IOException {
    JsonNode response =
        operation(route).path("responses").path(Integer.toString(answer.statusCode()));
    assertThat(response.isMissingNode()).as(route + " " + answer.statusCode()).isFalse();
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    JsonNode content = response.path("content").path(type);
    assertThat(content.isMissingNode()).as(route + " " + type).isFalse();
    String ref = content.path("schema").path("$ref").asText();
    if (!ref.isEmpty()) {
      assertThat(schema(ref).validate(JSON.readTree(answer.body()))).as(route.name()).isEmpty();
    }
  }

  private JsonSchema schema(String ref) {
    ObjectNode schema = JSON.createObjectNode().put("$ref", ref);
    schema.set("components", document.path("components"));
    return SCHEMAS.getSchema(schema);
  }

  private JsonNode operation(Route route) {
    return document
        .path("paths")
        .path(route.template())
        .path(route.method().toLowerCase(Locale.ROOT));
  }

  private static String body(Route route) {
    return switch (route) {
      case SIGN_IN -> "{\"token\": \"" + OPERATOR + "\"}";
      case LABEL -> "{\"name\": \"Bag\"}";
      default -> "{}";
    };
  }

  private HttpRequest.Builder call(Route route, String body) {
    String path =
        route
            .template()
            .replace("{eventId}", "e")
            .replace("{groupId}", "g")
            .replace("{index}", "0")
            .replace("{name}", "m")
            .replace("{version}", "2");
    return route.method().equals("POST") ? request(path, body) : request(path);
  }

  private HttpRequest.Builder request(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(http.uri().resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private static String bearer(String token) {
    return "Bearer " + token;
  }

  private static void fill(ConsoleView view) {
    view.image(Samples.image("e", Samples.png(7)));
    view.recognition(Samples.answer("e", Outcome.KNOWN, "Coat"), true);
    view.recognition(Samples.answer("u", Outcome.UNDECODABLE, null), true);
    view.group("g", Samples.group("g", 4, GroupState.OPEN));
    view.model("m/1", Samples.model(1, Instant.EPOCH, "Coat"));
    view.model("m/2", Samples.model(2, Samples.START, "Coat", "Bag"));
    view.promotion("m/1", Samples.live(1, Instant.EPOCH));
    view.modelEvent(ModelEvent.newBuilder().setName("m").setVersion(1).build());
    view.alert(Alert.newBuilder().setGroupId("g").setRaisedAt(Samples.START).build());
  }
}
