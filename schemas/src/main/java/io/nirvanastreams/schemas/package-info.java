/** The Avro records on the topics, generated from src/main/avro. */
package io.nirvanastreams.schemas;
