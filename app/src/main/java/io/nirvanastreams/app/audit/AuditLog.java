package io.nirvanastreams.app.audit;

import io.nirvanastreams.schemas.AuditRecord;

/** Where the records of decisions go. Safe from any thread. */
public interface AuditLog {
  /**
   * Writes a record; returns when it is stored.
   *
   * <p>Never throws: what is decided is decided. A record that cannot be stored is told in the log
   * as an error, with all that it says.
   */
  void write(AuditRecord entry);
}
