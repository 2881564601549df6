package io.nirvanastreams.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry over HTTP, asked by Confluent's own client. */
class EmbeddedRegistryTest {
  private static final AvroSchema ONE = record("");
  private static final AvroSchema WITH_OPTIONAL =
      record(",{\"name\":\"model\",\"type\":\"string\",\"default\":\"\"}");
  private static final AvroSchema WITH_REQUIRED = record(",{\"name\":\"x\",\"type\":\"string\"}");

  private final MemorySchemaLog log = new MemorySchemaLog();
  private EmbeddedRegistry registry;
  private SchemaRegistryClient client;

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.start(log::replay, 0);
    client = new CachedSchemaRegistryClient(registry.url(), 10);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
  }

  @Test
  void shouldGiveOneSchemaOneIdOverSubjects() throws Exception {
    int id = client.register("a-value", ONE);

    assertThat(client.register("b-value", ONE)).isEqualTo(id);
    assertThat(client.register("a-value", WITH_OPTIONAL)).isNotEqualTo(id);
    assertThat(client.getAllSubjects()).containsExactly("a-value", "b-value");
    assertThat(client.getAllVersions("a-value")).containsExactly(1, 2);
    assertThat(client.getAllSubjectsById(id)).containsExactly("a-value", "b-value");
  }

  @Test
  void shouldFindSchemasByIdVersionAndContent() throws Exception {
    int id = client.register("a-value", ONE);

    assertThat(client.getSchemaById(id)).isEqualTo(ONE);
    assertThat(client.getVersion("a-value", ONE)).isEqualTo(1);
    assertThat(client.getId("a-value", ONE)).isEqualTo(id);
    assertThat(client.getLatestSchemaMetadata("a-value").getSchema())
        .isEqualTo(ONE.canonicalString());
    assertThat(client.getSchemaMetadata("a-value", 1).getId()).isEqualTo(id);
  }

  @Test
  void shouldRefuseWhatBreaksEarlierOrLaterReaders() throws Exception {
    client.register("a-value", ONE);

    assertCode(409, () -> client.register("a-value", WITH_REQUIRED));
    assertThat(client.testCompatibility("a-value", WITH_REQUIRED)).isFalse();
    assertThat(client.testCompatibilityVerbose("a-value", WITH_REQUIRED))
        .anySatisfy(reason -> assertThat(reason).contains("READER_FIELD_MISSING_DEFAULT_VALUE"));
    assertThat(client.testCompatibility("a-value", WITH_OPTIONAL)).isTrue();
    assertThat(client.getAllVersions("a-value")).containsExactly(1);
  }

  @Test
  void shouldFollowAChangedLevel() throws Exception {
    assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
    client.register("a-value", WITH_REQUIRED);
    client.updateCompatibility("a-value", "BACKWARD");

    assertThat(client.getCompatibility("a-value")).isEqualTo("BACKWARD");
    assertThat(client.register("a-value", ONE)).isPositive();
    assertCode(40408, () -> client.getCompatibility("b-value"));
    assertCode(42203, () -> client.updateCompatibility("a-value", "SOMETIMES"));
  }

  @Test
  void shouldAnswerConfluentsErrorCodes() throws Exception {
    assertCode(40401, () -> client.getLatestSchemaMetadata("nobody"));
    assertCode(40401, () -> client.getAllVersions("nobody"));
    assertCode(40403, () -> client.getSchemaById(4711));
    client.register("a-value", ONE);
    assertCode(40402, () -> client.getSchemaMetadata("a-value", 9));
    assertCode(40403, () -> client.getVersion("a-value", WITH_OPTIONAL));
    assertThat(post("/subjects/a-value/versions", "{\"schema\":\"{\\\"type\\\":\\\"no\\\"}\"}"))
        .contains("42201");
    assertThat(post("/subjects/a-value/versions", "{")).contains("400");
    assertThat(post("/nothing", "{}")).contains("404");
  }

  @Test
  void shouldKeepIdsAndLevelsOverARestart() throws Exception {
    client.register("b-value", WITH_OPTIONAL);
    int id = client.register("a-value", ONE);
    client.updateCompatibility(null, "NONE");
    stop();

    start();

    assertThat(client.getSchemaById(id)).isEqualTo(ONE);
    assertThat(client.register("a-value", ONE)).isEqualTo(id);
    assertThat(client.getCompatibility(null)).isEqualTo("NONE");
    assertThat(client.register("a-value", WITH_REQUIRED)).isEqualTo(id + 1);
  }

  @Test
  void shouldNotAnnounceWhatIsNotStored() throws Exception {
    log.failFromNowOn();

    assertCode(50001, () -> client.register("a-value", ONE));
    assertThat(client.getAllSubjects()).isEmpty();
  }

  private String post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void assertCode(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(RestClientException.class))
        .extracting(RestClientException::getErrorCode)
        .isEqualTo(code);
  }

  private static AvroSchema record(String moreFields) {
    return new AvroSchema(
        "{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"id\",\"type\":\"string\","
            + "\"default\":\"\"}"
            + moreFields
            + "]}");
  }
}
