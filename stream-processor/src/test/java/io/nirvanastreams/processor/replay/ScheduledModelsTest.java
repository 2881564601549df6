package io.nirvanastreams.processor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.Declared;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.InferenceUnavailableException;
import io.nirvanastreams.processor.batch.PendingInference;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.records.CalibrationRecords;
import io.nirvanastreams.records.ModelKeys;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelRole;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which version answers which image of a replay as live, and that it ends where none may. */
@Timeout(30)
class ScheduledModelsTest {
  private final Set<Integer> bad = ConcurrentHashMap.newKeySet();
  private final Counters counters = new Counters();
  private final ScheduledModels models =
      new ScheduledModels(Samples.MODEL, this::load, Duration.ofMinutes(5), counters);
  private final Answerer answerer =
      new Answerer(
          new InferenceScheduler(
              new BatchSettings(8, 64, 1),
              models,
              (event, shape) -> new byte[] {event.getBytes().get(0)},
              counters),
          new LiveOverrides(Samples.MODEL, refused -> {}),
          Clock.systemUTC(),
          models::close);

  @AfterEach
  void close() {
    answerer.close();
  }

  @Test
  void shouldSayAtOnceThatAllVersionsAreRefused() {
    bad.addAll(Set.of(1, 2));
    live(1, 1_000);
    live(2, 2_000);
    models.told();

    assertThatThrownBy(models::awaitOne)
        .isInstanceOf(InferenceUnavailableException.class)
        .hasMessage(
            "every version of 'toys' that was live is refused; version 2: broken on purpose; mend"
                + " it");
    assertThatThrownBy(() -> version("a", "door", 1_500))
        .as("images that are submitted all the same")
        .isInstanceOf(InferenceUnavailableException.class)
        .hasMessageContaining("broken on purpose; mend it");
  }

  @Test
  void shouldGoOnWithTheVersionsThatMayAnswer() {
    bad.add(2);
    live(1, 1_000);
    live(2, 2_000);
    models.told();

    models.awaitOne();

    assertThat(version("a", "door", 2_500)).isEqualTo(1);
  }

  @Test
  void shouldAnswerARangeThatACanaryAnsweredPartly() {
    live(1, 1_000);
    Declared.publish(models.listener(), 2);
    Declared.decide(models.listener(), 2, ModelRole.CANARY, 2_000, "gate");
    Declared.decide(models.listener(), 2, ModelRole.RETIRED, 3_000);
    live(3, 4_000);
    models.told();

    models.awaitOne();

    assertThat(version("a", "gate", 1_999)).as("before the canary").isEqualTo(1);
    assertThat(version("b", "gate", 2_000)).as("its source, in its time").isEqualTo(2);
    assertThat(version("c", "door", 2_000)).as("another source").isEqualTo(1);
    assertThat(version("d", "gate", 2_999)).as("to its end").isEqualTo(2);
    assertThat(version("e", "gate", 3_000)).as("after the canary").isEqualTo(1);
    assertThat(version("f", "gate", 4_000)).as("the next live version").isEqualTo(3);
  }

  @Test
  void shouldAnswerTheSourcesOfARefusedCanaryByTheLiveVersion() {
    bad.add(2);
    live(1, 1_000);
    Declared.publish(models.listener(), 2);
    Declared.decide(models.listener(), 2, ModelRole.CANARY, 2_000, "gate");
    models.told();

    assertThat(version("a", "gate", 2_500)).isEqualTo(1);
  }

  @Test
  void shouldDecideByTheCalibrationsOfTheRecordTimes() {
    live(1, 1_000);
    Calibration later =
        CalibrationRecords.toRecord(Samples.MODEL, 1, Samples.calibration("t1-r1"), Instant.EPOCH);
    later.setParent("t1");
    later.setEffectiveFrom(Instant.ofEpochMilli(5_000));
    models.listener().calibration(ModelKeys.calibration(later), later);
    models.told();

    // One poll, and so one batch, with images of both times.
    List<PendingInference> batch =
        answerer.submit(
            List.of(
                new InferenceRequest(Samples.event("a", Samples.BALL), 4_999),
                new InferenceRequest(Samples.event("b", Samples.BALL), 5_000)));

    assertThat(answerer.answer(batch.get(0), 4_999).getThresholdVersion()).isEqualTo("t1");
    assertThat(answerer.answer(batch.get(1), 5_000).getThresholdVersion()).isEqualTo("t1-r1");
  }

  private void live(int version, long from) {
    Declared.publish(models.listener(), version);
    Declared.decide(models.listener(), version, ModelRole.LIVE, from);
  }

  private int version(String id, String source, long recordTime) {
    ImageEvent event = Samples.event(id, Samples.BALL);
    event.setSourceId(source);
    return answerer
        .answer(
            answerer.submit(List.of(new InferenceRequest(event, recordTime))).get(0), recordTime)
        .getModelVersion();
  }

  private ServingModel load(ModelVersion version) throws BadModelException {
    if (bad.contains(version.spec().version())) {
      throw new BadModelException("broken on purpose", "mend it");
    }
    return new ServingModel(
        version.spec(), "sha", version.centres(), version.calibration(), new FakeNetwork());
  }
}
