package io.nirvanastreams.embedding.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON in front of the values: which tensor lies where. */
final class Header {
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Header() {}

  /** One tensor's type, shape and bytes, counted from the end of the header. */
  @SuppressWarnings("ArrayRecordComponent") // Lives only while a file is read.
  record Entry(Tensor.Type type, long[] shape, long begin, long end) {}

  static long bytes(Tensor tensor) {
    return (long) Tensor.count(tensor.shape()) * tensor.type().size();
  }

  /** By name, the int64 tensors first: so that every tensor starts at a multiple of its element. */
  static List<Map.Entry<String, Tensor>> order(Map<String, Tensor> tensors) {
    List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(new TreeMap<>(tensors).entrySet());
    ordered.sort(Comparator.comparing(entry -> -entry.getValue().type().size()));
    return ordered;
  }

  static byte[] encode(List<Map.Entry<String, Tensor>> tensors) {
    ObjectNode root = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors) {
      if (entry.getKey().equals(METADATA)) {
        throw new IllegalArgumentException("no tensor may be called " + METADATA);
      }
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", entry.getValue().type().name());
      ArrayNode shape = node.putArray("shape");
      for (long size : entry.getValue().shape()) {
        shape.add(size);
      }
      long end = offset + bytes(entry.getValue());
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    try {
      byte[] json = JSON.writeValueAsBytes(root);
      byte[] padded = Arrays.copyOf(json, (json.length + Long.BYTES - 1) & -Long.BYTES);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a header of strings and numbers cannot be written", e);
    }
  }

  static Map<String, Entry> decode(byte[] file, int offset, int length, int dataSize)
      throws MalformedSafetensorsException {
    JsonNode root;
    try {
      root = JSON.readTree(file, offset, length);
    } catch (IOException e) {
      throw new MalformedSafetensorsException("the header is no valid JSON: " + firstLine(e));
    }
    if (!root.isObject()) {
      throw new MalformedSafetensorsException("the header is no JSON object");
    }
    Map<String, Entry> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals(METADATA)) {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue(), dataSize));
      }
    }
    requireFullCover(entries, dataSize);
    return entries;
  }

  private static Entry entry(String name, JsonNode node, int dataSize)
      throws MalformedSafetensorsException {
    String typeName = node.path("dtype").asText();
    Tensor.Type type =
        switch (typeName) {
          case "F32" -> Tensor.Type.F32;
          case "I64" -> Tensor.Type.I64;
          default ->
              throw new MalformedSafetensorsException(
                  name + " has the type " + typeName + "; only F32 and I64 are read");
        };
    long[] shape = integers(name, node.path("shape"));
    long[] range = integers(name, node.path("data_offsets"));
    if (range.length != 2 || range[0] < 0 || range[1] < range[0] || range[1] > dataSize) {
      throw new MalformedSafetensorsException(
          name + " lies outside the file: " + Arrays.toString(range) + " of " + dataSize);
    }
    long needed;
    try {
      needed = (long) Tensor.count(shape) * type.size();
    } catch (IllegalArgumentException e) {
      throw new MalformedSafetensorsException(name + ": " + e.getMessage());
    }
    if (needed != range[1] - range[0]) {
      throw new MalformedSafetensorsException(
          name + " has " + (range[1] - range[0]) + " bytes, its shape needs " + needed);
    }
    return new Entry(type, shape, range[0], range[1]);
  }

  private static long[] integers(String name, JsonNode array) throws MalformedSafetensorsException {
    if (!array.isArray()) {
      throw new MalformedSafetensorsException(name + " has no shape or no offsets");
    }
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      if (!array.get(i).isIntegralNumber() || !array.get(i).canConvertToLong()) {
        throw new MalformedSafetensorsException(name + " has a size that is no integer: " + array);
      }
      values[i] = array.get(i).longValue();
    }
    return values;
  }

  /** Bytes that no tensor or two tensors own could hide content from whoever checks the file. */
  private static void requireFullCover(Map<String, Entry> entries, int dataSize)
      throws MalformedSafetensorsException {
    List<Entry> byOffset = new ArrayList<>(entries.values());
    byOffset.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : byOffset) {
      if (entry.begin() != end) {
        throw new MalformedSafetensorsException("the tensors overlap or leave a gap at " + end);
      }
      end = entry.end();
    }
    if (end != dataSize) {
      throw new MalformedSafetensorsException(
          (dataSize - end) + " bytes behind the last tensor belong to none");
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
