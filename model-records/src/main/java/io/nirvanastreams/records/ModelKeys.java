package io.nirvanastreams.records;

/** Record keys of the topics of model versions, as the topic catalogue states them. Stateless. */
public final class ModelKeys {
  private ModelKeys() {}

  /** Key of a manifest, a calibration, a promotion, or an event: {@code name/version}. */
  public static String version(String name, int version) {
    return name + "/" + version;
  }

  /** Key of the promotion that has a version loaded before it is live. */
  public static String prepared(String name, int version) {
    return version(name, version) + "/prepared";
  }

  /** Key of the centre of a class: {@code name/version/label}. */
  public static String centre(String name, int version, String label) {
    return version(name, version) + "/" + label;
  }

  /** Key of an override: {@code name/overrideId}. */
  public static String override(String name, String overrideId) {
    return name + "/" + overrideId;
  }

  /** Key of a gauge: {@code name/version/thresholdVersion/partition}. */
  public static String gauge(String name, int version, String thresholdVersion, int partition) {
    return version(name, version) + "/" + thresholdVersion + "/" + partition;
  }
}
