package io.nirvanastreams.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** The schemas as they were released, one folder per record, oldest first. */
final class SchemaHistory {
  private static final Path ROOT = Path.of("src", "history");
  private static final SchemaFormatter PRETTY = SchemaFormatter.getInstance("json/pretty");

  private SchemaHistory() {}

  /** The schema as a registry stores it: whole, and without properties that only Java reads. */
  static Schema asRegistered(Schema generated) {
    return AvroSchemaUtils.getSchema(new SchemaHolder(generated), false, true, true);
  }

  /** All recorded versions of a record, oldest first. */
  static List<Schema> of(Schema schema) {
    Path folder = ROOT.resolve(schema.getName());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(SchemaHistory::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what the next version file should hold, for a person to copy, and says where to. */
  static String propose(Schema schema) {
    Path file =
        Path.of(schema.getName(), String.format(Locale.ROOT, "%04d.avsc", of(schema).size() + 1));
    Path proposal = Path.of("target", "history").resolve(file);
    try {
      Files.createDirectories(proposal.getParent());
      Files.writeString(proposal, PRETTY.format(schema) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "the schema changed and the change is not recorded: copy schemas/"
        + proposal
        + " to schemas/"
        + ROOT.resolve(file);
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record SchemaHolder(Schema schema) implements org.apache.avro.generic.GenericContainer {
    @Override
    public Schema getSchema() {
      return schema;
    }
  }
}
