package io.nirvanastreams.processor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.FakeChooser;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.TestTopology;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceRequest.Position;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.PendingInference;
import io.nirvanastreams.processor.batch.PixelSource;
import io.nirvanastreams.processor.batch.PrefetchInterceptor;
import io.nirvanastreams.processor.recognise.DeadLetter;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a guard gets to know of an image, and what becomes of one that it refuses. */
@Timeout(60)
class GuardOnStreamTest {
  @TempDir private Path folder;
  private final List<Position> seen = new CopyOnWriteArrayList<>();

  @Test
  void shouldAnswerAndDeadLetterARefusedImageWithItsReason() {
    try (TestTopology topology = new TestTopology(folder, Map.of(), guarded(new Position(0, 1)))) {
      assertThat(topology.answer("a", Samples.BALL, 5_000).getOutcome()).isEqualTo(Outcome.KNOWN);

      Recognition refused = topology.answer("b", Samples.BALL, 5_000);

      assertThat(refused.getOutcome()).isEqualTo(Outcome.UNDECODABLE);
      assertThat(refused.getReason()).isEqualTo("the decoder ended the process");
      assertThat(topology.deadLetters())
          .singleElement()
          .satisfies(
              letter ->
                  assertThat(letter.headers().lastHeader(DeadLetter.MESSAGE).value())
                      .asString(StandardCharsets.UTF_8)
                      .isEqualTo("the decoder ended the process"));
      assertThat(topology.answer("c", Samples.BALL, 5_000).getOutcome()).isEqualTo(Outcome.KNOWN);
      assertThat(seen).containsExactly(new Position(0, 0), new Position(0, 1), new Position(0, 2));
    }
  }

  @Test
  void shouldTellOfImagesSubmittedAtPollWhereTheyLie() {
    AvroSerdes serdes =
        new AvroSerdes(
            Map.of(AvroSerdes.SCHEMA_REGISTRY_URL, "mock://guard", AvroSerdes.AUTO_REGISTER, true));
    try (InferenceScheduler scheduler =
            new InferenceScheduler(
                new BatchSettings(8, 64, 1),
                new FakeChooser()
                    .with(ConsumerRecord.NO_TIMESTAMP, Samples.model(1, new FakeNetwork())),
                guarded(new Position(9, 9)),
                new Counters());
        PrefetchInterceptor interceptor = new PrefetchInterceptor()) {
      interceptor.configure(
          Map.of(
              PrefetchInterceptor.PREFETCH,
              new PrefetchInterceptor.Prefetch(
                  scheduler, "images", () -> serdes.deserializer(ImageEvent.class))));
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>(
              "images",
              3,
              70,
              null,
              serdes
                  .<ImageEvent>serializer()
                  .serialize("images", Samples.event("a", Samples.BALL)));

      var unused =
          interceptor.onConsume(
              new ConsumerRecords<>(
                  Map.of(new TopicPartition("images", 3), List.of(record)), Map.of()));

      var answer = PendingInference.take(record.headers()).inference().join();
      assertThat(answer.servedBy().modelVersion()).isEqualTo(1);
      assertThat(seen).containsExactly(new Position(3, 70));
    }
  }

  private PixelSource guarded(Position refused) {
    return new PixelSource() {
      @Override
      public byte[] pixels(ImageEvent event, InputShape shape) {
        return new byte[] {event.getBytes().get(0)};
      }

      @Override
      public byte[] pixels(InferenceRequest request, InputShape shape)
          throws UndecodableImageException {
        seen.add(request.position());
        if (request.position().equals(refused)) {
          throw new UndecodableImageException("the decoder ended the process");
        }
        return pixels(request.event(), shape);
      }
    };
  }
}
