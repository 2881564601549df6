package io.nirvanastreams.processor.model;

/** Where records of versions can be had again. Implementations are safe for any thread. */
@FunctionalInterface
public interface ModelArchive {
  /**
   * Tells of the manifest, the centres and the calibrations of a version; may take seconds.
   *
   * @param listener hears the latest record of each key
   */
  void recall(String modelName, int version, ControlListener listener);
}
