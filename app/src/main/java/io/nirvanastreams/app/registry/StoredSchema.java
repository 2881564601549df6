package io.nirvanastreams.app.registry;

import org.apache.avro.Schema;

/**
 * One version of one subject. Immutable.
 *
 * @param subject the subject
 * @param version its version, from 1 without gaps
 * @param id global id of the schema; the same schema under several subjects has one id
 * @param schema the schema
 */
record StoredSchema(String subject, int version, int id, Schema schema) {
  String text() {
    return schema.toString();
  }
}
