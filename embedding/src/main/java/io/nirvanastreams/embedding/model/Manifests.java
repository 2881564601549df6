package io.nirvanastreams.embedding.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The manifest file: a model's spec and the hash of its weights, as JSON with fixed field order.
 */
final class Manifests {
  static final String WEIGHTS_SHA256 = "weightsSha256";
  static final String WEIGHTS_SIZE = "weightsSize";

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private Manifests() {}

  static byte[] encode(ModelSpec spec, String weightsSha256, long weightsSize) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("name", spec.name());
    root.put("version", spec.version());
    root.put("architecture", spec.architecture());
    ObjectNode options = root.putObject("options");
    spec.options().forEach(options::put);
    ObjectNode input = root.putObject("input");
    input.put("channels", spec.input().channels());
    input.put("height", spec.input().height());
    input.put("width", spec.input().width());
    ArrayNode classes = root.putArray("classes");
    spec.classes().forEach(classes::add);
    root.put("dimension", spec.dimension());
    root.put("expand", spec.expand());
    root.put(WEIGHTS_SHA256, weightsSha256);
    root.put(WEIGHTS_SIZE, weightsSize);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest of strings and numbers cannot be written", e);
    }
  }

  static JsonNode parse(byte[] manifest) throws BadModelException {
    try {
      JsonNode root = JSON.readTree(manifest);
      int format = root.path("format").asInt(-1);
      if (format != FORMAT) {
        throw new BadModelException(
            "the manifest has the format " + format + ", known is " + FORMAT,
            "use a release that knows it");
      }
      return root;
    } catch (IOException e) {
      throw new BadModelException("the manifest is no JSON", "publish the model again", e);
    }
  }

  static ModelSpec spec(JsonNode root) throws BadModelException {
    Map<String, String> options = new TreeMap<>();
    root.path("options")
        .properties()
        .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
    List<String> classes = new ArrayList<>();
    root.path("classes").forEach(label -> classes.add(label.asText()));
    JsonNode input = root.path("input");
    try {
      return new ModelSpec(
          root.path("name").asText(),
          root.path("version").asInt(),
          root.path("architecture").asText(),
          options,
          new InputShape(
              input.path("channels").asInt(),
              input.path("height").asInt(),
              input.path("width").asInt()),
          classes,
          root.path("dimension").asInt(),
          root.path("expand").asDouble());
    } catch (IllegalArgumentException e) {
      throw new BadModelException(
          "the manifest makes no sense: " + e.getMessage(), "publish the model again", e);
    }
  }
}
