package io.nirvanastreams.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Every record explains itself, and every field can be left out by an older writer. */
class SchemaStyleTest {
  @Test
  void shouldDocumentEveryRecordAndEnum() {
    assertThat(namedTypes().values())
        .hasSizeGreaterThan(20)
        .allSatisfy(schema -> assertThat(schema.getDoc()).as(schema.getName()).isNotBlank());
  }

  @Test
  void shouldDocumentAndDefaultEveryField() {
    List<String> wrong = new ArrayList<>();
    for (Schema schema : namedTypes().values()) {
      if (schema.getType() == Schema.Type.RECORD) {
        for (Schema.Field field : schema.getFields()) {
          if (field.doc() == null || field.doc().isBlank() || !field.hasDefaultValue()) {
            wrong.add(schema.getName() + "." + field.name());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldGiveEveryEnumADefaultForSymbolsOfLaterVersions() {
    assertThat(namedTypes().values())
        .filteredOn(schema -> schema.getType() == Schema.Type.ENUM)
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(schema.getEnumDefault()).isEqualTo("UNSPECIFIED"));
  }

  private static Map<String, Schema> namedTypes() {
    Map<String, Schema> found = new LinkedHashMap<>();
    SchemaHistoryTest.valueSchemas().forEach(schema -> collect(schema, found));
    return found;
  }

  private static void collect(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (found.put(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM -> found.put(schema.getFullName(), schema);
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(type -> collect(type, found));
      default -> {}
    }
  }
}
