package io.nirvanastreams.processor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveModelsTest {
  private final List<ModelEvent> events = new CopyOnWriteArrayList<>();
  private final List<Integer> loads = new ArrayList<>();
  private final Map<Integer, FakeNetwork> networks = new HashMap<>();
  private final List<Integer> bad = new ArrayList<>();
  private final List<Integer> recalled = new ArrayList<>();
  private Retention retention = Retention.ALL;
  private LiveModels models = models(Duration.ofSeconds(20));

  @Test
  void shouldChooseByRecordTime() {
    declare(1, 1_000);
    declare(2, 2_000);

    assertThat(versionAt(1_000)).isEqualTo(1);
    assertThat(versionAt(1_999)).isEqualTo(1);
    assertThat(versionAt(2_000)).isEqualTo(2);
    assertThat(versionAt(Long.MAX_VALUE)).isEqualTo(2);
  }

  @Test
  void shouldAnswerImagesOlderThanAllVersionsByTheFirst() {
    declare(1, 1_000);
    declare(2, 2_000);

    assertThat(versionAt(0)).isEqualTo(1);
  }

  @Test
  void shouldLoadAVersionBeforeItIsAskedAndTellOfIt() {
    declare(1, 1_000);

    assertThat(loads).containsExactly(1);
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED);
  }

  @Test
  void shouldNotLoadAVersionThatIsOnlyRetired() {
    publish(1);
    promote(1, ModelRole.RETIRED, 0);

    assertThat(loads).isEmpty();
    assertThat(models.choose("door", 0)).isNotDone();
  }

  @Test
  void shouldLoadAPreparedVersionThatAnswersNothingUntilItIsLive() {
    declare(1, 1_000);
    publish(2);
    prepare(2, Instant.now());

    assertThat(models.loadedVersions()).containsExactly(1, 2);
    assertThat(versionAt(Long.MAX_VALUE)).isEqualTo(1);
    models.used(models.choose("door", 1_000).join(), 0);
    assertThat(models.loadedVersions()).as("not closed as an old one").containsExactly(1, 2);

    promote(2, ModelRole.LIVE, 2_000);
    models.promotion(ModelKeys.version(Samples.MODEL, 2) + "/prepared", null);

    assertThat(versionAt(2_000)).isEqualTo(2);
    assertThat(loads).containsExactly(1, 2);
  }

  @Test
  void shouldKeepWhenAVersionWasLiveBeforeItBecameLiveAgain() {
    publish(1);
    publish(2);
    decide(1, ModelRole.LIVE, 1_000);
    decide(2, ModelRole.LIVE, 2_000);
    decide(1, ModelRole.LIVE, 3_000);

    assertThat(versionAt(1_500)).isEqualTo(1);
    assertThat(versionAt(2_500)).isEqualTo(2);
    assertThat(versionAt(3_500)).isEqualTo(1);
    models.used(models.choose("door", 3_500).join(), 0);
    assertThat(models.loadedVersions()).containsExactly(1, 2);
  }

  @Test
  void shouldAnswerTheSourcesOfACanaryByItWhileItLasts() {
    declare(1, 1_000);
    publish(2);
    decide(2, ModelRole.CANARY, 2_000, 0, "gate");
    decide(2, ModelRole.RETIRED, 3_000);

    assertThat(versionAt("gate", 1_999)).isEqualTo(1);
    assertThat(versionAt("gate", 2_000)).isEqualTo(2);
    assertThat(versionAt("door", 2_000)).isEqualTo(1);
    assertThat(versionAt("gate", 3_000)).isEqualTo(1);
    models.tidy();
    assertThat(networks.get(2).closed).as("its time is over").isTrue();
    assertThat(versionAt("gate", 2_500)).as("a late image").isEqualTo(2);
  }

  @Test
  void shouldGoOnWithTheLiveVersionWhereTheCanaryIsRefused() {
    bad.add(2);
    declare(1, 1_000);
    publish(2);
    decide(2, ModelRole.CANARY, 2_000, 1);

    assertThat(versionAt("gate", 2_000)).isEqualTo(1);
    assertThat(models.refused()).containsKey(2);
  }

  @Test
  void shouldLoadAShadowThatAnswersNothing() {
    declare(1, 1_000);
    publish(2);
    decide(2, ModelRole.SHADOW, 2_000, 1);

    assertThat(versionAt(2_000)).isEqualTo(1);
    assertThat(models.shadow("e", 1_999)).isNull();
    ServingModel shadow = models.shadow("e", 2_000);
    assertThat(shadow.spec().version()).isEqualTo(2);

    decide(2, ModelRole.RETIRED, 2_500);

    assertThat(models.shadow("e", 2_500)).isNull();
    assertThat(networks.get(2).closed).as("still leased").isFalse();
    shadow.release();
    assertThat(networks.get(2).closed).isTrue();
  }

  @Test
  void shouldGiveBackAVersionThatWasPreparedInVain() {
    declare(1, 1_000);
    publish(2);
    prepare(2, Instant.now());

    models.promotion(ModelKeys.version(Samples.MODEL, 2) + "/prepared", null);

    assertThat(models.loadedVersions()).containsExactly(1);
    assertThat(networks.get(2).closed).isTrue();
  }

  @Test
  void shouldNotLoadWhatWasPreparedLongAgo() {
    publish(2);
    prepare(2, Instant.now().minus(Duration.ofHours(2)));

    assertThat(loads).isEmpty();
  }

  @Test
  void shouldSayWhyAPreparedVersionIsRefused() {
    bad.add(2);
    declare(1, 1_000);
    publish(2);
    prepare(2, Instant.now());

    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
    assertThat(models.refused().get(2)).contains("broken on purpose");
    assertThat(versionAt(3_000)).isEqualTo(1);
  }

  @Test
  void shouldWaitForTheFirstModel() {
    CompletableFuture<ServingModel> waiting = models.choose("door", 5);
    assertThat(waiting).isNotDone();

    declare(1, 1_000);

    assertThat(waiting.join().spec().version()).isEqualTo(1);
  }

  @Test
  void shouldWaitUntilAPromotedVersionIsWhole() {
    promote(1, ModelRole.LIVE, 0);
    CompletableFuture<ServingModel> waiting = models.choose("door", 5);
    models.manifest(ModelKeys.version(Samples.MODEL, 1), Declared.manifest(1));
    calibrate(1, "t1");
    assertThat(waiting).isNotDone();

    centres(1);

    assertThat(waiting.join().spec().version()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheOldModelWhenTheNewOneIsRefused() {
    bad.add(2);
    declare(1, 1_000);
    declare(2, 2_000);

    assertThat(versionAt(3_000)).isEqualTo(1);
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
    assertThat(events.get(1).getReason()).contains("broken on purpose");
    assertThat(models.refused()).containsOnlyKeys(2);
  }

  @Test
  void shouldRefuseAVersionWhoseCentresContradictItsManifest() {
    declare(1, 1_000);
    models.manifest(ModelKeys.version(Samples.MODEL, 2), Declared.manifest(2));
    for (ClassCentre centre : CentreRecords.toRecords(Samples.spec(2), Samples.centres())) {
      centre.setVertexIndex(1 - centre.getVertexIndex());
      models.centre(ModelKeys.centre(Samples.MODEL, 2, centre.getLabel()), centre);
    }
    calibrate(2, "t2");
    promote(2, ModelRole.LIVE, 2_000);

    assertThat(versionAt(3_000)).isEqualTo(1);
    assertThat(models.refused()).containsOnlyKeys(2);
  }

  @Test
  void shouldTryARefusedVersionAgainWhenItIsPublishedAgain() {
    bad.add(1);
    declare(1, 1_000);
    bad.clear();

    ModelManifest repaired = Declared.manifest(1);
    repaired.setWeightsSha256("another");
    models.manifest(ModelKeys.version(Samples.MODEL, 1), repaired);

    assertThat(versionAt(2_000)).isEqualTo(1);
  }

  @Test
  void shouldRefuseAVersionThatDoesNotBecomeWholeInTime() {
    models = models(Duration.ofMillis(50));
    declare(1, 1_000);
    promote(2, ModelRole.LIVE, 2_000);

    CompletableFuture<ServingModel> chosen = models.choose("door", 2_000);

    await().atMost(Duration.ofSeconds(20)).until(chosen::isDone);
    assertThat(chosen.join().spec().version()).isEqualTo(1);
    assertThat(models.refused().get(2)).contains("not complete");
  }

  @Test
  void shouldDecideWithANewCalibrationFromThenOn() {
    declare(1, 1_000);
    ServingModel model = models.choose("door", 1_000).join();

    calibrate(1, "t1b");

    assertThat(model.servedBy().at(1_000).thresholdVersion()).isEqualTo("t1b");
    assertThat(loads).containsExactly(1);
  }

  @Test
  void shouldDecideWithTheCalibrationOfTheRecordTime() {
    declare(1, 1_000);
    ServingModel model = models.choose("door", 1_000).join();
    var later =
        CalibrationRecords.toRecord(Samples.MODEL, 1, Samples.calibration("t1-r1"), Instant.EPOCH);
    later.setParent("t1");
    later.setEffectiveFrom(Instant.ofEpochMilli(5_000));

    models.calibration(ModelKeys.calibration(later), later);

    assertThat(model.servedBy().at(4_999).thresholdVersion()).isEqualTo("t1");
    assertThat(model.servedBy().at(5_000).thresholdVersion()).isEqualTo("t1-r1");
    assertThat(model.servedBy().at(0).thresholdVersion()).isEqualTo("t1");
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.RECALIBRATED);
  }

  @Test
  void shouldKeepTheCalibrationWhenTheNewOneDoesNotFit() {
    declare(1, 1_000);
    var wrong =
        CalibrationRecords.toRecord(Samples.MODEL, 1, Samples.calibration("wrong"), Instant.EPOCH);
    wrong.getClasses().get(0).setLabel("other");

    models.calibration(ModelKeys.version(Samples.MODEL, 1), wrong);

    assertThat(models.choose("door", 1_000).join().servedBy().at(1_000).thresholdVersion())
        .isEqualTo("t1");
    assertThat(kinds()).containsExactly(ModelEventKind.LOADED, ModelEventKind.REFUSED);
  }

  @Test
  void shouldTellOfTheFirstUseOnlyAndCloseWhatIsOlderThanThePrevious() {
    declare(1, 1_000);
    declare(2, 2_000);
    declare(3, 3_000);
    events.clear();

    for (int version = 1; version <= 3; version++) {
      ServingModel model = models.choose("door", version * 1_000L).join();
      models.used(model, 1.5);
      models.used(model, 0.5);
      model.release();
    }

    assertThat(kinds())
        .containsExactly(
            ModelEventKind.ACTIVATED, ModelEventKind.ACTIVATED, ModelEventKind.ACTIVATED);
    assertThat(events.get(0).getDurationMillis()).isEqualTo(1.5);
    assertThat(models.loadedVersions()).containsExactly(2, 3);
    assertThat(networks.get(1).closed).isTrue();
    assertThat(networks.get(2).closed).isFalse();
  }

  @Test
  void shouldKeepAClosedModelOpenWhileAnImageIsInWorkAndLoadItAgainForALateOne() {
    declare(1, 1_000);
    declare(2, 2_000);
    declare(3, 3_000);
    ServingModel leased = models.choose("door", 1_000).join();
    FakeNetwork firstNetwork = networks.get(1);

    models.used(models.choose("door", 3_000).join(), 0);

    assertThat(firstNetwork.closed).isFalse();
    leased.release();
    assertThat(firstNetwork.closed).isTrue();
    assertThat(versionAt(1_500)).isEqualTo(1);
    assertThat(loads).containsExactly(1, 2, 3, 1);
  }

  @Test
  void shouldCloseNetworksBesideTheThreadThatGivesTheLastLeaseBack() {
    Deque<Runnable> loader = new ArrayDeque<>();
    models = models(Duration.ofSeconds(20), loader::add);
    for (int version = 1; version <= 3; version++) {
      declare(version, version * 1_000L);
      run(loader);
    }

    models.used(models.choose("door", 3_000).join(), 0);

    assertThat(networks.get(1).closed).as("the device's thread goes on").isFalse();
    run(loader);
    assertThat(networks.get(1).closed).isTrue();
  }

  private static void run(Deque<Runnable> loader) {
    while (!loader.isEmpty()) {
      loader.remove().run();
    }
  }

  @Test
  void shouldForgetTheRecordsOfOldVersionsAndRecallThemForALateImage() {
    retention = new Retention(3, 2, this::recall);
    models = models(Duration.ofSeconds(20));
    for (int version = 1; version <= 40; version++) {
      declare(version, version * 1_000L);
      models.used(models.choose("door", version * 1_000L).join(), 0);
    }

    assertThat(models.keptVersions()).containsExactlyInAnyOrder(38, 39, 40);
    assertThat(recalled).isEmpty();

    assertThat(versionAt(7_500)).isEqualTo(7);
    assertThat(recalled).containsExactly(7);
    assertThat(models.refused()).isEmpty();
  }

  @Test
  void shouldFindTheLiveVersionThoughTheTopicsToldOfManyAfterIt() {
    retention = new Retention(3, 2, this::recall);
    models = models(Duration.ofSeconds(20));
    for (int version = 1; version <= 40; version++) {
      publish(version);
    }
    assertThat(models.keptVersions()).hasSize(3);

    promote(2, ModelRole.LIVE, 1_000);

    assertThat(versionAt(1_000)).isEqualTo(2);
    assertThat(models.keptVersions()).containsExactlyInAnyOrder(2, 38, 39, 40);
  }

  @Test
  void shouldCompareWithAVersionWhoseRecordsAreForgotten() {
    retention = new Retention(1, 1, this::recall);
    models = models(Duration.ofSeconds(20));
    declare(1, 1_000);
    declare(3, 3_000);
    declare(4, 4_000);
    models.used(models.choose("door", 4_000).join(), 0);
    assertThat(models.keptVersions()).doesNotContain(1);
    promote(2, ModelRole.LIVE, 5_000);
    ModelManifest other = Declared.manifest(2);
    other.setExpand(7.0);

    models.manifest(ModelKeys.version(Samples.MODEL, 2), other);
    centres(2);
    calibrate(2, "t2");

    assertThat(models.refused().get(2)).contains("version 1 before it has the dimension 2");
  }

  @Test
  void shouldKeepTheNewestCalibrationsOfAVersion() {
    retention = new Retention(3, 2, this::recall);
    models = models(Duration.ofSeconds(20));
    declare(1, 1_000);
    for (int number = 1; number <= 5; number++) {
      var next =
          CalibrationRecords.toRecord(
              Samples.MODEL, 1, Samples.calibration("t1-r" + number), Instant.EPOCH);
      next.setParent("t1");
      next.setEffectiveFrom(Instant.ofEpochMilli(number * 1_000L));
      models.calibration(ModelKeys.calibration(next), next);
    }

    ServedBy servedBy = models.choose("door", 9_000).join().servedBy();

    assertThat(servedBy.at(9_000).thresholdVersion()).isEqualTo("t1-r5");
    assertThat(servedBy.at(4_500).thresholdVersion()).isEqualTo("t1-r4");
    assertThat(servedBy.at(0).thresholdVersion()).as("the oldest that is kept").isEqualTo("t1-r4");
  }

  private void recall(String modelName, int version, ControlListener listener) {
    assertThat(modelName).isEqualTo(Samples.MODEL);
    recalled.add(version);
    Declared.publish(listener, version);
  }

  @Test
  void shouldGoBackWhenAnOlderVersionIsPromotedAgain() {
    declare(1, 1_000);
    declare(2, 2_000);

    promote(1, ModelRole.LIVE, 3_000);

    assertThat(versionAt(2_500)).isEqualTo(2);
    assertThat(versionAt(3_000)).isEqualTo(1);
  }

  @Test
  void shouldLeaveOtherModelsAlone() {
    models.promotion(
        "others/1",
        Promotion.newBuilder().setName("others").setVersion(1).setRole(ModelRole.LIVE).build());

    assertThat(models.choose("door", 0)).isNotDone();
    assertThat(models.loadedVersions()).isEmpty();
  }

  private void declare(int version, long effectiveFrom) {
    publish(version);
    promote(version, ModelRole.LIVE, effectiveFrom);
  }

  private void publish(int version) {
    centres(version);
    calibrate(version, "t" + version);
    models.manifest(ModelKeys.version(Samples.MODEL, version), Declared.manifest(version));
  }

  private void centres(int version) {
    for (ClassCentre centre : CentreRecords.toRecords(Samples.spec(version), Samples.centres())) {
      models.centre(ModelKeys.centre(Samples.MODEL, version, centre.getLabel()), centre);
    }
  }

  private void calibrate(int version, String threshold) {
    models.calibration(
        ModelKeys.version(Samples.MODEL, version),
        CalibrationRecords.toRecord(
            Samples.MODEL, version, Samples.calibration(threshold), Instant.EPOCH));
  }

  private void promote(int version, ModelRole role, long effectiveFrom) {
    models.promotion(
        ModelKeys.version(Samples.MODEL, version),
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(role)
            .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
            .build());
  }

  private void decide(int version, ModelRole role, long effectiveFrom) {
    decide(version, role, effectiveFrom, 0);
  }

  /** Under a key of its own, as decisions are written. */
  private void decide(
      int version, ModelRole role, long effectiveFrom, double share, String... sources) {
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

  private void prepare(int version, Instant decidedAt) {
    models.promotion(
        ModelKeys.version(Samples.MODEL, version) + "/prepared",
        Promotion.newBuilder()
            .setName(Samples.MODEL)
            .setVersion(version)
            .setRole(ModelRole.PREPARED)
            .setDecidedAt(decidedAt)
            .build());
  }

  private int versionAt(long time) {
    return versionAt("door", time);
  }

  private int versionAt(String source, long time) {
    ServingModel model = models.choose(source, time).join();
    model.release();
    return model.spec().version();
  }

  private List<ModelEventKind> kinds() {
    return events.stream().map(ModelEvent::getKind).toList();
  }

  private ServingModel load(ModelVersion version) throws BadModelException {
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

  private LiveModels models(Duration timeout) {
    return models(timeout, Runnable::run);
  }

  private LiveModels models(Duration timeout, Executor loader) {
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
