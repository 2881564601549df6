package io.nirvanastreams.processor;

import io.nirvanastreams.processor.model.ControlListener;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Instant;
import java.util.List;

/** Tells a listener of versions of {@link Samples#MODEL} as the control topics would. */
public final class Declared {
  private Declared() {}

  /** All parts of a version. */
  public static void publish(ControlListener listener, int version) {
    String key = ModelKeys.version(Samples.MODEL, version);
    CentreRecords.toRecords(Samples.spec(version), Samples.centres())
        .forEach(
            centre ->
                listener.centre(
                    ModelKeys.centre(Samples.MODEL, version, centre.getLabel()), centre));
    listener.calibration(
        key,
        CalibrationRecords.toRecord(
            Samples.MODEL, version, Samples.calibration("t" + version), Instant.EPOCH));
    listener.manifest(key, manifest(version));
  }

  /** A decision, made when it holds from. */
  public static void decide(
      ControlListener listener, int version, ModelRole role, long from, String... sources) {
    Promotion decision =
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(role)
            .setEffectiveFrom(Instant.ofEpochMilli(from))
            .setDecidedAt(Instant.ofEpochMilli(from))
            .setSources(List.of(sources))
            .build();
    listener.promotion(ModelKeys.decision(decision), decision);
  }

  /** The manifest of a version. */
  public static ModelManifest manifest(int version) {
    return ModelManifest.newBuilder()
        .setName(Samples.MODEL)
        .setVersion(version)
        .setArchitecture("classifier32")
        .setInputChannels(1)
        .setInputHeight(1)
        .setInputWidth(1)
        .setClasses(Samples.CLASSES)
        .setDimension(2)
        .setExpand(Samples.EXPAND)
        .build();
  }
}
