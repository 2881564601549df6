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
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.ModelRole;
import java.time.Clock;
import java.time.Duration;
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
