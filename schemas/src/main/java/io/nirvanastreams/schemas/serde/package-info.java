/** Serdes in the Confluent wire format, and how vectors are packed into records. */
package io.nirvanastreams.schemas.serde;
