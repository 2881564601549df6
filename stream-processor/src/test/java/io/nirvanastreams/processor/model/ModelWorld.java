package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.Declared;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.CentreRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Timeout;

/**
 * A world of versions of the tiny model of {@link Samples}: declares them as the control topics do,
 * and notes what is loaded, refused and told.
 */
@Timeout(30)
abstract class ModelWorld {
  final List<ModelEvent> events = new CopyOnWriteArrayList<>();
  final List<Integer> loads = new ArrayList<>();
  final Map<Integer, FakeNetwork> networks = new HashMap<>();
  final List<Integer> bad = new ArrayList<>();
  final List<Integer> recalled = new ArrayList<>();
  Retention retention = Retention.ALL;
  LiveModels models = models(Duration.ofSeconds(20));

  void recall(String modelName, int version, ControlListener listener) {
    assertThat(modelName).isEqualTo(Samples.MODEL);
    recalled.add(version);
    Declared.publish(listener, version);
  }

  void declare(int version, long effectiveFrom) {
    publish(version);
    promote(version, ModelRole.LIVE, effectiveFrom);
  }

  void publish(int version) {
    centres(version);
    calibrate(version, "t" + version);
    models.manifest(ModelKeys.version(Samples.MODEL, version), Declared.manifest(version));
  }

  void centres(int version) {
    for (ClassCentre centre : CentreRecords.toRecords(Samples.spec(version), Samples.centres())) {
      models.centre(ModelKeys.centre(Samples.MODEL, version, centre.getLabel()), centre);
    }
  }

  void calibrate(int version, String threshold) {
    models.calibration(
        ModelKeys.version(Samples.MODEL, version),
        CalibrationRecords.toRecord(
            Samples.MODEL, version, Samples.calibration(threshold), Instant.EPOCH));
  }

  void promote(int version, ModelRole role, long effectiveFrom) {
    models.promotion(
        ModelKeys.version(Samples.MODEL, version),
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(role)
            .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
            .build());
  }

  void decide(int version, ModelRole role, long effectiveFrom) {
    decide(version, role, effectiveFrom, 0);
  }

  /** Under a key of its own, as decisions are written. */
  void decide(int version, ModelRole role, long effectiveFrom, double share, String... sources) {
    Promotion decision =
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(role)
            .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
            .setDecidedAt(Instant.ofEpochMilli(effectiveFrom))
            .setShare(share)
            .setSources(List.of(sources))
            .build();
    models.promotion(ModelKeys.decision(decision), decision);
  }

  void prepare(int version, Instant decidedAt) {
    models.promotion(
        ModelKeys.version(Samples.MODEL, version) + "/prepared",
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(ModelRole.PREPARED)
            .setDecidedAt(decidedAt)
            .build());
  }

  int versionAt(long time) {
    return versionAt("door", time);
  }

  int versionAt(String source, long time) {
    ServingModel model = models.choose(source, time).join();
    model.release();
    return model.spec().version();
  }

  List<ModelEventKind> kinds() {
    return events.stream().map(ModelEvent::getKind).toList();
  }

  ServingModel load(ModelVersion version) throws BadModelException {
    int number = version.spec().version();
    loads.add(number);
    if (bad.contains(number)) {
      throw new BadModelException("broken on purpose", "mend it");
    }
    FakeNetwork network = new FakeNetwork();
    networks.put(number, network);
    return new ServingModel(
        version.spec(), "sha", version.centres(), version.calibration(), network);
  }

  LiveModels models(Duration timeout) {
    return models(timeout, Runnable::run);
  }

  LiveModels models(Duration timeout, Executor loader) {
    return new LiveModels(
        Samples.MODEL,
        this::load,
        loader,
        timeout,
        new ModelEvents(Samples.MODEL, "test", events::add, Clock.systemUTC()),
        new Counters(),
        retention);
  }
}
