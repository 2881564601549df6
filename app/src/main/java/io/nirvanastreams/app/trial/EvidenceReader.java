package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.app.guarantee.ModelHistory;
import io.nirvanastreams.app.guarantee.SeenAnswer;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads topics from their first record to their last, committed ones only. Stateless. */
final class EvidenceReader {
  /** A whole topic after a trial, with a broker that may just have come back. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private EvidenceReader() {}

  /** All answers, in the order of each partition. */
  static List<SeenAnswer> answers(ClusterAccess access) {
    List<SeenAnswer> answers = new ArrayList<>();
    each(
        access,
        access.topics().recognitions(),
        Recognition.class,
        (record, answer) ->
            answers.add(new SeenAnswer(answer, record.partition(), record.timestamp())));
    return answers;
  }

  /**
   * What happened to the model versions.
   *
   * @param broken versions that were published broken, with what is wrong with them
   * @param interrupted versions whose publisher was killed
   * @param halves what readers saw of incomplete versions
   */
  static ModelHistory models(
      ClusterAccess access,
      Map<Integer, String> broken,
      Set<Integer> interrupted,
      List<String> halves) {
    List<ModelEvent> events = new ArrayList<>();
    each(
        access,
        access.topics().modelEvents(),
        ModelEvent.class,
        (record, event) -> events.add(event));
    return new ModelHistory(
        latest(access, access.topics().models(), ModelManifest.class),
        latest(access, access.topics().centres(), ClassCentre.class),
        latest(access, access.topics().thresholds(), Calibration.class),
        latest(access, access.topics().promotions(), Promotion.class),
        events,
        broken,
        interrupted,
        halves);
  }

  private static <T extends SpecificRecord> List<T> latest(
      ClusterAccess access, Topic topic, Class<T> type) {
    return List.copyOf(Records.latest(access, topic, type).values());
  }

  private static <T extends SpecificRecord> void each(
      ClusterAccess access,
      Topic topic,
      Class<T> type,
      BiConsumer<ConsumerRecord<String, byte[]>, T> book) {
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<T> deserializer = access.serdes().deserializer(type)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          PATIENCE,
          record -> book.accept(record, AvroSerdes.read(deserializer, record)));
    }
  }
}
