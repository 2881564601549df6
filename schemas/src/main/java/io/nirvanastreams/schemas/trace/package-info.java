/** The trace that an image begins, as it travels in the headers of records. */
package io.nirvanastreams.schemas.trace;
