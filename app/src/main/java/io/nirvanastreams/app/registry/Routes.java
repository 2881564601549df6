package io.nirvanastreams.app.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Confluent's paths, answered from the store: a request in, a value to be written as JSON out. Safe
 * from any thread.
 */
final class Routes {
  private final SchemaStore store;

  Routes(SchemaStore store) {
    this.store = store;
  }

  /**
   * One request without its transport.
   *
   * @param method GET, POST or PUT
   * @param path decoded segments of the path
   * @param query decoded parameters
   * @param body the JSON body; a missing node where there is none
   */
  record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {
    boolean is(String wanted, String pattern) {
      String[] parts = pattern.split("/", -1);
      if (!method.equals(wanted) || parts.length != path.size()) {
        return false;
      }
      for (int i = 0; i < parts.length; i++) {
        if (!parts[i].equals("*") && !parts[i].equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    boolean flag(String name) {
      return Boolean.parseBoolean(query.getOrDefault(name, "false"));
    }
  }

  Object answer(Request r) {
    if (r.path().isEmpty()) {
      return Map.of();
    }
    return switch (r.path().get(0)) {
      case "subjects" -> subjects(r);
      case "schemas" -> schemas(r);
      case "compatibility" -> compatibility(r);
      case "config" -> config(r);
      case "mode" -> mode(r);
      default -> throw noRoute(r);
    };
  }

  private Object subjects(Request r) {
    if (r.is("GET", "subjects")) {
      return store.subjects();
    } else if (r.is("POST", "subjects/*/versions")) {
      return Map.of("id", store.register(r.path().get(1), schema(r)).id());
    } else if (r.is("POST", "subjects/*")) {
      return full(store.lookup(r.path().get(1), schema(r)));
    } else if (r.is("GET", "subjects/*/versions")) {
      return store.versions(r.path().get(1)).stream().map(StoredSchema::version).toList();
    } else if (r.is("GET", "subjects/*/versions/*")) {
      return full(store.version(r.path().get(1), r.path().get(3)));
    } else if (r.is("GET", "subjects/*/versions/*/schema")) {
      return json(store.version(r.path().get(1), r.path().get(3)).schema());
    }
    throw noRoute(r);
  }

  private Object schemas(Request r) {
    if (r.is("GET", "schemas/types")) {
      return List.of("AVRO");
    } else if (r.is("GET", "schemas/ids/*")) {
      return Map.of("schema", store.byId(id(r)).toString());
    } else if (r.is("GET", "schemas/ids/*/schema")) {
      return json(store.byId(id(r)));
    } else if (r.is("GET", "schemas/ids/*/subjects")) {
      return store.uses(id(r)).stream().map(StoredSchema::subject).toList();
    } else if (r.is("GET", "schemas/ids/*/versions")) {
      return store.uses(id(r)).stream()
          .map(use -> Map.of("subject", use.subject(), "version", use.version()))
          .toList();
    }
    throw noRoute(r);
  }

  private Object compatibility(Request r) {
    String subject = r.path().size() > 2 ? r.path().get(2) : "";
    List<String> objections;
    if (r.is("POST", "compatibility/subjects/*/versions")) {
      objections = store.objections(subject, schema(r));
    } else if (r.is("POST", "compatibility/subjects/*/versions/*")) {
      Schema earlier = store.version(subject, r.path().get(4)).schema();
      objections = store.level(subject, true).objections(schema(r), List.of(earlier));
    } else {
      throw noRoute(r);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("is_compatible", objections.isEmpty());
    if (r.flag("verbose")) {
      result.put("messages", objections);
    }
    return result;
  }

  private Object config(Request r) {
    String subject = r.path().size() == 2 ? r.path().get(1) : null;
    if (r.is("GET", "config")) {
      return Map.of("compatibilityLevel", store.globalLevel());
    } else if (r.is("GET", "config/*")) {
      return Map.of("compatibilityLevel", store.level(subject, r.flag("defaultToGlobal")));
    } else if (r.is("PUT", "config") || r.is("PUT", "config/*")) {
      Level level = Level.named(r.body().path("compatibility").asText());
      store.setLevel(subject, level);
      return Map.of("compatibility", level);
    }
    throw noRoute(r);
  }

  private static Object mode(Request r) {
    if (r.is("GET", "mode") || r.is("GET", "mode/*")) {
      return Map.of("mode", "READWRITE");
    } else if (r.is("PUT", "mode") || r.is("PUT", "mode/*")) {
      String mode = r.body().path("mode").asText();
      if (!mode.equals("READWRITE")) {
        throw RegistryException.badMode(mode);
      }
      return Map.of("mode", mode);
    }
    throw noRoute(r);
  }

  private static Schema schema(Request r) {
    String type = r.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") && !type.equals("null")) {
      throw RegistryException.badSchema("type " + type + " is not offered here, only AVRO");
    }
    if (!r.body().path("references").isEmpty()) {
      throw RegistryException.badSchema("references are not offered here; inline the types");
    }
    return SchemaStore.parse(r.body().path("schema").asText());
  }

  private static int id(Request r) {
    try {
      return Integer.parseInt(r.path().get(2));
    } catch (NumberFormatException e) {
      throw noRoute(r);
    }
  }

  private static Map<String, Object> full(StoredSchema stored) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("subject", stored.subject());
    result.put("version", stored.version());
    result.put("id", stored.id());
    result.put("schema", stored.text());
    return result;
  }

  private static JsonNode json(Schema schema) {
    return EmbeddedRegistry.parse(schema.toString());
  }

  private static RegistryException noRoute(Request r) {
    return RegistryException.noRoute(r.method(), "/" + String.join("/", r.path()));
  }
}
