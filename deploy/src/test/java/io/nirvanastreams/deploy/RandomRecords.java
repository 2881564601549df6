package io.nirvanastreams.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Records of any schema of the catalogue with something in every field. */
final class RandomRecords {
  private static final long SEED = 5;

  private RandomRecords() {}

  /** So many records, the same ones each time. */
  static List<SpecificRecord> of(Schema schema, int count) {
    List<SpecificRecord> records = new ArrayList<>();
    for (Object generic : new RandomData(new GenericData(), schema, count, SEED, false)) {
      records.add(specific(schema, generic));
    }
    return records;
  }

  /** A schema that an old record cannot be read by. */
  static Schema withFieldThatHasNoDefault(Schema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      fields.add(new Schema.Field(field, field.schema()));
    }
    fields.add(new Schema.Field("needed", Schema.create(Schema.Type.STRING), "Has no default."));
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  // Through bytes: random values of a specific record would be of other classes than its fields.
  private static SpecificRecord specific(Schema schema, Object generic) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema, new GenericData()).write(generic, encoder);
      encoder.flush();
      Class<?> type = SpecificData.get().getClass(schema);
      return new SpecificDatumReader<SpecificRecord>(schema, schema, SpecificData.getForClass(type))
          .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
