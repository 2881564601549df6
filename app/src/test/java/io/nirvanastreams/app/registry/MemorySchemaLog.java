package io.nirvanastreams.app.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log that outlives its registry but not the test. */
final class MemorySchemaLog implements SchemaLog {
  private final List<Consumer<Reader>> changes = new ArrayList<>();
  private boolean failing;

  SchemaLog replay(Reader reader) {
    changes.forEach(change -> change.accept(reader));
    return this;
  }

  void failFromNowOn() {
    failing = true;
  }

  @Override
  public void append(StoredSchema schema) {
    add(reader -> reader.schema(schema));
  }

  @Override
  public void append(String subject, Level level) {
    add(reader -> reader.level(subject, level));
  }

  @Override
  public void close() {}

  private void add(Consumer<Reader> change) {
    if (failing) {
      throw RegistryException.notStored("disk full");
    }
    changes.add(change);
  }
}
