package io.nirvanastreams.app.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Compatibility levels with Confluent's names and meaning. */
enum Level {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  static final String NAMES =
      String.join(", ", Arrays.stream(values()).map(Level::name).toArray(String[]::new));

  private final boolean backward;
  private final boolean forward;
  private final boolean transitive;

  Level(boolean backward, boolean forward, boolean transitive) {
    this.backward = backward;
    this.forward = forward;
    this.transitive = transitive;
  }

  static Level named(String name) {
    return Arrays.stream(values())
        .filter(level -> level.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> RegistryException.badLevel(name));
  }

  /**
   * Why a schema may not follow the earlier ones; empty when it may.
   *
   * @param earlier the subject's schemas, oldest first
   */
  List<String> objections(Schema next, List<Schema> earlier) {
    List<String> reasons = new ArrayList<>();
    int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
    for (int i = first; i < earlier.size(); i++) {
      if (backward) {
        check("new schema cannot read version " + (i + 1), next, earlier.get(i), reasons);
      }
      if (forward) {
        check("version " + (i + 1) + " cannot read new schema", earlier.get(i), next, reasons);
      }
    }
    return reasons;
  }

  private static void check(String what, Schema reader, Schema writer, List<String> reasons) {
    SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      result
          .getIncompatibilities()
          .forEach(i -> reasons.add(what + ": " + i.getType() + " at " + i.getLocation()));
    }
  }
}
