package io.nirvanastreams.app.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nirvanastreams.app.console.Samples;
import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.app.console.access.Tokens;
import io.nirvanastreams.app.console.view.ConsoleView;
import io.nirvanastreams.schemas.AuditAction;
import io.nirvanastreams.schemas.AuditOutcome;
import io.nirvanastreams.schemas.AuditRecord;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.Promotion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsHttpTest {
  private static final String VIEWER = "viewer-0123456789";
  private static final String LABELLER = "labeller-0123456789";
  private static final String OPERATOR = "operator-0123456789";
  private static final String PROMOTE = "/api/models/m%201/versions/3/promote";
  private static final String ROLL_BACK = "/api/models/m%201/rollback";

  @TempDir private Path folder;
  private final TestClock clock = new TestClock();
  private final ConsoleView view = new ConsoleView(clock);
  private final DeskStandIn desk = new DeskStandIn();
  private final HttpClient client = HttpClient.newHttpClient();
  private ConsoleHttp http;

  @BeforeEach
  void start() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tokens"),
            "vic view %s%nlea label %s%nolga operate %s%n".formatted(VIEWER, LABELLER, OPERATOR));
    http = ConsoleHttp.start(loopback(), Tokens.read(file), view, desk.desk(), clock);
    view.group("g", Samples.group("g", 4, GroupState.OPEN));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void shouldLetAnOperatorPromoteUnderTheirOwnName() throws Exception {
    HttpResponse<String> answer =
        post(PROMOTE, OPERATOR, "{\"reason\": \"fewer misses\", \"author\": \"somebody else\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"version\":3", "\"effectiveFrom\":" + DeskStandIn.EFFECTIVE.toEpochMilli());
    assertThat(desk.promotions)
        .extracting(
            Promotion::getName, Promotion::getVersion, Promotion::getReason, Promotion::getAuthor)
        .containsExactly(tuple("m 1", 3, "fewer misses", "olga"));
  }

  @Test
  void shouldLetAnOperatorRollBackWithoutAReason() throws Exception {
    assertThat(post(ROLL_BACK, OPERATOR, "{}").statusCode()).isEqualTo(200);

    assertThat(desk.promotions)
        .extracting(Promotion::getVersion, Promotion::getReason)
        .containsExactly(tuple(1, "rolled back in the console"));
  }

  @Test
  void shouldLeavePromotionToOperators() throws Exception {
    for (String token : new String[] {VIEWER, LABELLER}) {
      assertThat(post(PROMOTE, token, "{}").statusCode()).isEqualTo(403);
      assertThat(post(ROLL_BACK, token, "{}").statusCode()).isEqualTo(403);
    }
    assertThat(post(PROMOTE, "nobody-0123456789", "{}").statusCode()).isEqualTo(401);
    assertThat(desk.promotions).isEmpty();
  }

  @Test
  void shouldKeepARecordOfEveryDecisionAndRefusal() throws Exception {
    post("/api/groups/g/label", LABELLER, "{\"name\": \"Bag\"}");
    post("/api/groups/g/label", LABELLER, "{\"ignore\": true}");
    post(PROMOTE, VIEWER, "{}");
    post(ROLL_BACK, OPERATOR, "{\"reason\": \"worse\"}");

    assertThat(desk.audit)
        .extracting(
            AuditRecord::getActor,
            AuditRecord::getRole,
            AuditRecord::getAction,
            AuditRecord::getSubject,
            AuditRecord::getDetail,
            AuditRecord::getOutcome)
        .containsExactly(
            tuple("lea", "LABEL", AuditAction.LABEL, "group/g", "Bag", AuditOutcome.DONE),
            tuple("lea", "LABEL", AuditAction.IGNORE, "group/g", "", AuditOutcome.REFUSED),
            tuple("vic", "VIEW", AuditAction.PROMOTE, "model/m 1/3", "", AuditOutcome.REFUSED),
            tuple(
                "olga",
                "OPERATE",
                AuditAction.ROLL_BACK,
                "model/m 1/1",
                "worse",
                AuditOutcome.DONE));
    assertThat(desk.audit)
        .allSatisfy(
            entry -> {
              assertThat(entry.getOccurredAt()).isEqualTo(clock.instant());
              assertThat(entry.getRemoteAddress()).isEqualTo("127.0.0.1");
              assertThat(entry.getChannel()).isEqualTo("console");
            });
    assertThat(desk.audit.get(1).getMessage()).contains("already decided");
  }

  @Test
  void shouldKeepARecordOfSignInsButNotOfTheToken() throws Exception {
    signIn(OPERATOR);
    signIn("guess-0123456789");

    assertThat(desk.audit)
        .extracting(AuditRecord::getActor, AuditRecord::getAction, AuditRecord::getOutcome)
        .containsExactly(
            tuple("olga", AuditAction.SIGN_IN, AuditOutcome.DONE),
            tuple("", AuditAction.SIGN_IN, AuditOutcome.REFUSED));
    assertThat(desk.audit.toString()).doesNotContain(OPERATOR, "guess-0123456789");
  }

  @Test
  void shouldLeaveNoRecordOfWhatStrangersAndMalformedRequestsAskFor() throws Exception {
    post(PROMOTE, "nobody-0123456789", "{}");
    post(PROMOTE, OPERATOR, "no json");
    post(PROMOTE, OPERATOR, "{\"reason\": \"" + "long ".repeat(50) + "\"}");

    assertThat(desk.audit).isEmpty();
    assertThat(desk.promotions).isEmpty();
  }

  @Test
  void shouldSayWhyAVersionIsNotMadeLive() throws Exception {
    desk.failure = new IllegalStateException("m/3 was not loaded by processor-2");
    HttpResponse<String> unready = post(PROMOTE, OPERATOR, "{}");
    desk.failure = new KafkaException(new TopicAuthorizationException("nirvana.promotions"));
    HttpResponse<String> forbidden = post(PROMOTE, OPERATOR, "{}");

    assertThat(unready.statusCode()).isEqualTo(409);
    assertThat(unready.body()).contains("not loaded by processor-2");
    assertThat(forbidden.statusCode()).isEqualTo(503);
    assertThat(forbidden.body()).contains("nirvana.promotions", "nirvana acls");
    assertThat(desk.audit)
        .extracting(AuditRecord::getOutcome)
        .containsExactly(AuditOutcome.REFUSED, AuditOutcome.FAILED);
  }

  private HttpResponse<String> signIn(String token) throws Exception {
    return send(
        request("/api/sign-in", "{\"token\": \"" + token + "\"}")
            .header("Origin", "http://127.0.0.1:" + http.uri().getPort()));
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return send(request(path, body).header("Authorization", "Bearer " + token));
  }

  private HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(http.uri().resolve(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
