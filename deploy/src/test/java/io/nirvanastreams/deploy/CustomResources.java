package io.nirvanastreams.deploy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Strimzi's resource definitions as an API server would apply them. They are made by Strimzi's own
 * generator (docs/kubernetes.md has the command) and lie in src/test/resources/strimzi.
 */
final class CustomResources {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> FILES =
      List.of("kafka.yaml", "kafkanodepool.yaml", "kafkatopic.yaml", "kafkauser.yaml");

  private final Map<String, Schema> schemas = new HashMap<>();

  private CustomResources() {}

  static CustomResources load() throws IOException {
    CustomResources all = new CustomResources();
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    for (String file : FILES) {
      try (InputStream in = CustomResources.class.getResourceAsStream("/strimzi/" + file)) {
        JsonNode definition = YAML.readTree(in);
        for (JsonNode version : definition.at("/spec/versions")) {
          JsonNode schema = version.at("/schema/openAPIV3Schema");
          // The outermost metadata is Kubernetes' own and not described here.
          schema.properties().forEach(entry -> close(entry.getValue()));
          String kind = definition.at("/spec/names/kind").asString();
          String name =
              definition.at("/spec/group").asString() + "/" + version.path("name").asString();
          all.schemas.put(name + " " + kind, registry.getSchema(schema));
        }
      }
    }
    return all;
  }

  /** The documents of a file. */
  static List<JsonNode> documents(Path file) {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class).<JsonNode>readValues(file).forEachRemaining(documents::add);
    return documents;
  }

  /** What an API server with strict field validation would refuse; empty when nothing. */
  List<String> objections(JsonNode object) {
    String kind = object.path("apiVersion").asString() + " " + object.path("kind").asString();
    Schema schema = schemas.get(kind);
    if (schema == null) {
      return List.of("there is no " + kind);
    }
    return schema.validate(object).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  /** Fields without a description are unknown, which JSON Schema takes for allowed. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.path("properties").isEmpty()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)) {
      object.put("additionalProperties", false);
    }
    node.forEach(CustomResources::close);
  }
}
