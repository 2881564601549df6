package io.nirvanastreams.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** FULL_TRANSITIVE: old programs read new records and new programs read old ones, all versions. */
class SchemaHistoryTest {
  static Stream<Schema> valueSchemas() {
    return Topics.withPrefix(Topics.DEFAULT_PREFIX).all().stream()
        .map(Topic::schema)
        .filter(schema -> schema != null)
        .map(SchemaHistory::asRegistered);
  }

  @ParameterizedTest
  @MethodSource("valueSchemas")
  void shouldRecordTheCurrentSchemaAsNewestVersion(Schema current) {
    List<Schema> history = SchemaHistory.of(current);

    boolean recorded =
        !history.isEmpty() && history.get(history.size() - 1).toString().equals(current.toString());

    assertThat(recorded).as(() -> SchemaHistory.propose(current)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("valueSchemas")
  void shouldBeCompatibleBothWaysWithEveryVersion(Schema current) {
    assertThat(SchemaHistory.of(current))
        .isNotEmpty()
        .allSatisfy(
            old -> {
              assertThat(reads(current, old)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
              assertThat(reads(old, current)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            });
  }

  @Test
  void shouldCallAFieldWithoutDefaultIncompatible() {
    Schema old = new Schema.Parser().parse(record("{\"name\":\"a\",\"type\":\"int\"}"));
    Schema changed = new Schema.Parser().parse(record("{\"name\":\"b\",\"type\":\"int\"}"));

    assertThat(reads(changed, old)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static String record(String field) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field + "]}";
  }

  private static SchemaCompatibilityType reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }
}
