package io.nirvanastreams.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A record names a schema that the registry does not have, or has as something else: as a rule the
 * registry is not the one that the record was written with. The message is one line for people.
 */
public final class SchemaMismatchException extends SerializationException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final int schemaId;
  private final String fault;

  /**
   * A mismatch.
   *
   * @param place where the record stands
   * @param fault what is wrong with the schema, a clause that follows the schema's number
   */
  SchemaMismatchException(String place, int schemaId, String fault, Throwable cause) {
    super(message(place, schemaId, fault), cause);
    this.place = place;
    this.schemaId = schemaId;
    this.fault = fault;
  }

  /** The number that the record names its schema by. */
  public int schemaId() {
    return schemaId;
  }

  /** The same of a record whose place in its topic is known. */
  public SchemaMismatchException at(int partition, long offset) {
    return new SchemaMismatchException(
        place + "-" + partition + " at " + offset, schemaId, fault, getCause());
  }

  private static String message(String place, int schemaId, String fault) {
    return "the record "
        + place
        + " names schema "
        + schemaId
        + ", which "
        + fault
        + "; is it the registry of another cluster? see docs/operations.md, 'Records that cannot be"
        + " read'";
  }
}
