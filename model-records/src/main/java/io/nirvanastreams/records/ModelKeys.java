package io.nirvanastreams.records;

import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.util.Locale;

/** Record keys of the topics of model versions, as the topic catalogue states them. Stateless. */
public final class ModelKeys {
  private ModelKeys() {}

  /** Key of a manifest, a first calibration, an evaluation, or an event: {@code name/version}. */
  public static String version(String name, int version) {
    return name + "/" + version;
  }

  /**
   * Key of a decision: {@code name/version/role/decidedAt}. No later decision has it, so that a
   * version that is made live again keeps the time when it was live before.
   */
  public static String decision(Promotion decision) {
    ModelRole role = decision.getRole();
    return version(decision.getName(), decision.getVersion())
        + "/"
        + role.name().toLowerCase(Locale.ROOT)
        + "/"
        + decision.getDecidedAt().toEpochMilli();
  }

  /**
   * Key of a calibration: {@code name/version} for the one that was published with the model,
   * {@code name/version/calibration} for each that follows, so that images of before are decided by
   * what held then.
   */
  public static String calibration(Calibration calibration) {
    String first = version(calibration.getName(), calibration.getModelVersion());
    return calibration.getParent().isEmpty() ? first : first + "/" + calibration.getVersion();
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
