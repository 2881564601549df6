package io.nirvanastreams.trainer.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.model.FolderBlobStore;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.schemas.trace.TraceContext;
import io.nirvanastreams.trainer.Models;
import io.nirvanastreams.trainer.publish.ControlProducer;
import io.nirvanastreams.trainer.publish.ModelEvents;
import io.nirvanastreams.trainer.publish.ModelPromotions;
import io.nirvanastreams.trainer.publish.Publisher;
import io.nirvanastreams.trainer.publish.Readiness;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningStepTest {
  @TempDir private Path folder;

  private final Topics topics = Topics.withPrefix("s");
  private final AvroSerdes serdes = Models.serdes("step");
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final ModelVersion parent = Models.version(1, "shirt", "bag");
  private final LearningTask task =
      new LearningTask(
          parent,
          2,
          List.of("coat"),
          Map.of("coat", List.of(new LabelledImage("e", "g", Events.pixels(1)))));

  private LearningStep.Result run(ModelLearner learner) {
    return run(learner, task);
  }

  private LearningStep.Result run(ModelLearner learner, LearningTask learned) {
    ControlProducer producer = new ControlProducer(kafka, serdes);
    Clock clock = Clock.systemUTC();
    return new LearningStep(
            RetrainingSettings.of(Models.NAME).withMaximumForgetting(0.03),
            learner,
            new Publisher(
                producer, topics, new FolderBlobStore(folder.resolve("blobs")), clock, null),
            new ModelPromotions(producer, topics, clock, Duration.ZERO, Readiness.UNASKED),
            new ModelEvents(producer, topics, clock, "t"))
        .run(learned);
  }

  private ModelLearner learner(double before, double after) {
    return given ->
        new LearnedModel(
            Models.publication(folder, Models.spec(2, "shirt", "bag", "coat"), given.parent()),
            before,
            after);
  }

  @Test
  void shouldPublishThenPromoteThenSaySo() {
    assertThat(run(learner(0.92, 0.90))).isEqualTo(LearningStep.Result.PUBLISHED);

    assertThat(kafka.history())
        .extracting(ProducerRecord::topic)
        .containsExactly(
            "s.model-events",
            "s.centres",
            "s.centres",
            "s.centres",
            "s.thresholds",
            "s.models",
            "s.promotions", // prepared, and then live
            "s.promotions",
            "s.model-events");
    assertThat(events())
        .extracting(ModelEvent::getKind)
        .containsExactly(ModelEventKind.TRAINING, ModelEventKind.PUBLISHED);
    assertThat(events().get(1).getDurationMillis()).isPositive();
  }

  @Test
  void shouldSayWhatCouldNotBeKept() {
    run(
        given ->
            new LearnedModel(
                learner(0.92, 0.90).learn(given).publication(), 0.92, 0.90, "trained 3 times"));

    assertThat(events().get(1).getReason()).isEqualTo("learned coat; trained 3 times");
  }

  @Test
  void shouldGoOnInTheTraceOfTheImagesThatWereNamed() {
    TraceContext trace = TraceContext.start();
    LearningTask traced =
        new LearningTask(parent, 2, List.of("coat"), task.images(), List.of(trace));

    run(learner(0.92, 0.90), traced);

    assertThat(kafka.history())
        .filteredOn(record -> record.topic().equals("s.models"))
        .singleElement()
        .satisfies(record -> assertThat(TraceContext.of(record.headers())).contains(trace));
  }

  @Test
  void shouldNotPublishAVersionThatForgets() {
    assertThat(run(learner(0.92, 0.88))).isEqualTo(LearningStep.Result.REFUSED);

    assertNothingPublished("falls from 0.9200 to 0.8800");
  }

  @Test
  void shouldNotPublishWhatCouldNotBeMeasured() {
    assertThat(run(learner(0.92, Double.NaN))).isEqualTo(LearningStep.Result.REFUSED);

    assertNothingPublished("NaN");
  }

  @Test
  void shouldSayWhyNothingWasLearned() {
    assertThat(
            run(
                given -> {
                  throw new LearningFailedException("the weights are gone");
                }))
        .isEqualTo(LearningStep.Result.FAILED);

    assertNothingPublished("the weights are gone");
  }

  @Test
  void shouldOutliveALearnerThatBreaks() {
    assertThat(
            run(
                given -> {
                  throw new IllegalStateException("out of memory on the device");
                }))
        .isEqualTo(LearningStep.Result.FAILED);

    assertNothingPublished("out of memory");
  }

  private void assertNothingPublished(String reason) {
    assertThat(kafka.history())
        .extracting(ProducerRecord::topic)
        .containsOnly(topics.modelEvents().name());
    assertThat(events())
        .extracting(ModelEvent::getKind)
        .containsExactly(ModelEventKind.TRAINING, ModelEventKind.NOT_PUBLISHED);
    assertThat(events().get(1).getReason()).contains(reason);
  }

  private List<ModelEvent> events() {
    try (Deserializer<ModelEvent> deserializer = serdes.deserializer(ModelEvent.class)) {
      return kafka.history().stream()
          .filter(record -> record.topic().equals(topics.modelEvents().name()))
          .map(record -> deserializer.deserialize(record.topic(), record.value()))
          .toList();
    }
  }
}
