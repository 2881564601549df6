package io.nirvanastreams.app.registry;

/** Where the registry's changes are kept. A change counts once {@code append} has returned. */
interface SchemaLog extends AutoCloseable {
  /**
   * Stores a schema version for good.
   *
   * @throws RegistryException when it could not be stored
   */
  void append(StoredSchema schema);

  /**
   * Stores a compatibility level for good.
   *
   * @param subject the subject, or null for the level of all subjects without their own
   * @throws RegistryException when it could not be stored
   */
  void append(String subject, Level level);

  @Override
  void close();

  /** Takes what was stored, oldest first. */
  interface Reader {
    /** One schema version. */
    void schema(StoredSchema schema);

    /** One level; the subject is null for the level of all subjects without their own. */
    void level(String subject, Level level);
  }
}
