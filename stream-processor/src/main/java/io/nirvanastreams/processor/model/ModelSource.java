package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.records.ModelVersion;

/** Where models come from, ready to answer. Implementations are safe for any thread. */
@FunctionalInterface
public interface ModelSource {
  /**
   * Loads, verifies and warms a version; may take seconds.
   *
   * @return the model; the caller holds its first lease
   * @throws BadModelException when the version must not answer
   */
  ServingModel load(ModelVersion version) throws BadModelException;
}
