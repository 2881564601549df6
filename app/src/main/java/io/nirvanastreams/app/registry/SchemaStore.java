package io.nirvanastreams.app.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The registry's state and rules: subjects, versions, ids, levels. Every change goes to the log
 * first, so that a restart finds it. Safe from any thread.
 */
final class SchemaStore implements SchemaLog.Reader {
  private final Map<String, List<StoredSchema>> subjects = new TreeMap<>();
  private final Map<Integer, Schema> byId = new TreeMap<>();
  private final Map<String, Integer> idByText = new LinkedHashMap<>();
  private final Map<String, Level> levels = new TreeMap<>();
  private Level globalLevel = Level.FULL_TRANSITIVE;
  private SchemaLog log;

  /** From here on changes are written to this log. */
  synchronized void writeTo(SchemaLog newLog) {
    log = newLog;
  }

  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException | NullPointerException e) { // null: Avro on an unknown name
      throw RegistryException.badSchema(e.getMessage());
    }
  }

  /** The version of a schema under a subject; registers it where it is new. */
  synchronized StoredSchema register(String subject, Schema schema) {
    List<StoredSchema> versions = subjects.getOrDefault(subject, List.of());
    for (StoredSchema stored : versions) {
      if (stored.text().equals(schema.toString())) {
        return stored;
      }
    }
    List<String> objections = objections(subject, schema, versions);
    if (!objections.isEmpty()) {
      throw RegistryException.incompatible(subject, String.join("; ", objections));
    }
    int id = idByText.getOrDefault(schema.toString(), byId.size() + 1);
    StoredSchema added = new StoredSchema(subject, versions.size() + 1, id, schema);
    log.append(added);
    schema(added);
    return added;
  }

  synchronized StoredSchema lookup(String subject, Schema schema) {
    return versions(subject).stream()
        .filter(stored -> stored.text().equals(schema.toString()))
        .findFirst()
        .orElseThrow(RegistryException::noSchema);
  }

  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  synchronized List<StoredSchema> versions(String subject) {
    List<StoredSchema> versions = subjects.get(subject);
    if (versions == null) {
      throw RegistryException.noSubject(subject);
    }
    return List.copyOf(versions);
  }

  /** One version by number, "latest" or -1. */
  StoredSchema version(String subject, String version) {
    List<StoredSchema> versions = versions(subject);
    int number = number(version, versions.size());
    if (number > versions.size()) {
      throw RegistryException.noVersion(version);
    }
    return versions.get(number - 1);
  }

  synchronized Schema byId(int id) {
    Schema schema = byId.get(id);
    if (schema == null) {
      throw RegistryException.noSchema();
    }
    return schema;
  }

  synchronized List<StoredSchema> uses(int id) {
    byId(id);
    List<StoredSchema> uses = new ArrayList<>();
    subjects.values().forEach(all -> all.stream().filter(s -> s.id() == id).forEach(uses::add));
    return uses;
  }

  /** Why a schema may not follow the versions of a subject; a new subject objects to nothing. */
  synchronized List<String> objections(String subject, Schema schema) {
    return objections(subject, schema, subjects.getOrDefault(subject, List.of()));
  }

  private List<String> objections(String subject, Schema schema, List<StoredSchema> versions) {
    return levels
        .getOrDefault(subject, globalLevel)
        .objections(schema, versions.stream().map(StoredSchema::schema).toList());
  }

  synchronized Level globalLevel() {
    return globalLevel;
  }

  /** The level of a subject; without its own level, the global one when that is asked for. */
  synchronized Level level(String subject, boolean orGlobal) {
    Level own = levels.get(subject);
    if (own == null && !orGlobal) {
      throw RegistryException.noSubjectLevel(subject);
    }
    return own == null ? globalLevel : own;
  }

  /** Sets the level of a subject, or the global one for null. */
  synchronized void setLevel(String subject, Level level) {
    log.append(subject, level);
    level(subject, level);
  }

  @Override
  public synchronized void schema(StoredSchema schema) {
    subjects.computeIfAbsent(schema.subject(), s -> new ArrayList<>()).add(schema);
    byId.put(schema.id(), schema.schema());
    idByText.put(schema.text(), schema.id());
  }

  @Override
  public synchronized void level(String subject, Level level) {
    if (subject == null) {
      globalLevel = level;
    } else {
      levels.put(subject, level);
    }
  }

  private static int number(String version, int latest) {
    if (version.equals("latest") || version.equals("-1")) {
      return latest;
    }
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, like every other number out of range
    }
    throw RegistryException.badVersion(version);
  }
}
