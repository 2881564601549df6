package io.nirvanastreams.benchmarks.stream;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelArtifacts;
import io.nirvanastreams.openset.calibration.Judgement;
import io.nirvanastreams.openset.calibration.OpenSetClassifier;
import io.nirvanastreams.openset.decision.Decision;
import io.nirvanastreams.processor.model.Network;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.NearestClass;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.Timings;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What one would write without the product: one thread that polls, decodes, embeds, decides and
 * writes the same answers, in transactions of the same length, exactly once as well. It knows
 * neither grouping nor model versions.
 */
final class PlainLoop implements AutoCloseable {
  private static final long COMMIT_NANOS = 30_000_000;
  private static final int NEAREST = 3;

  private final Network network;
  private final OpenSetClassifier classifier;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Topics topics;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final Deserializer<ImageEvent> events;
  private final Serializer<Recognition> answers;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private volatile boolean stopped;

  PlainLoop(Subject subject) throws BadModelException {
    network = subject.network();
    classifier =
        new OpenSetClassifier(
            ModelArtifacts.read(Path.of(subject.option("model"))).spec().centres(),
            Fixture.calibration());
    topics = Topics.withPrefix(subject.option("prefix"));
    AvroSerdes serdes =
        new AvroSerdes(Map.of(AvroSerdes.SCHEMA_REGISTRY_URL, subject.option("registry")));
    events = serdes.deserializer(ImageEvent.class);
    answers = serdes.serializer();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                subject.option("bootstrap"),
                ConsumerConfig.GROUP_ID_CONFIG,
                subject.option("application"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                subject.batch()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, subject.option("bootstrap"),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, subject.option("application"),
                ProducerConfig.LINGER_MS_CONFIG, 0),
            new StringSerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer());
  }

  /** Answers until it is stopped. */
  void run() {
    producer.initTransactions();
    consumer.subscribe(List.of(topics.images().name()));
    long begun = 0;
    while (!stopped) {
      ConsumerRecords<String, byte[]> polled = consumer.poll(Duration.ofMillis(5));
      if (!polled.isEmpty()) {
        if (offsets.isEmpty()) {
          producer.beginTransaction();
          begun = System.nanoTime();
        }
        answer(polled);
      }
      if (!offsets.isEmpty() && System.nanoTime() - begun >= COMMIT_NANOS) {
        commit();
      }
    }
    if (!offsets.isEmpty()) {
      commit();
    }
  }

  /** Ends the loop after the batch in work. */
  void stop() {
    stopped = true;
  }

  private void commit() {
    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    producer.commitTransaction();
    offsets.clear();
  }

  private void answer(ConsumerRecords<String, byte[]> polled) {
    List<ImageEvent> images = new ArrayList<>(polled.count());
    List<byte[]> pixels = new ArrayList<>(polled.count());
    for (ConsumerRecord<String, byte[]> record : polled) {
      ImageEvent event = events.deserialize(record.topic(), record.value());
      images.add(event);
      pixels.add(decode(event.getBytes()));
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    long start = System.nanoTime();
    List<Embedding> embeddings = network.embed(pixels);
    long forward = (System.nanoTime() - start) / 1_000;
    String topic = topics.recognitions().name();
    for (int i = 0; i < images.size(); i++) {
      Recognition answer = recognition(images.get(i), embeddings.get(i), forward, images.size());
      var unused =
          producer.send(
              new ProducerRecord<>(topic, answer.getSourceId(), answers.serialize(topic, answer)));
    }
  }

  private byte[] decode(ByteBuffer bytes) {
    byte[] encoded = new byte[bytes.remaining()];
    bytes.duplicate().get(encoded);
    try {
      return decoder.decode(encoded, Fixture.SHAPE, null);
    } catch (UndecodableImageException e) {
      throw new IllegalStateException(e);
    }
  }

  private Recognition recognition(
      ImageEvent event, Embedding embedding, long forwardMicros, int batchSize) {
    Judgement judgement = classifier.judge(embedding.feature(), embedding.representation());
    Decision decision = judgement.decision();
    var evidence = judgement.evidence();
    int best = evidence.nearest();
    List<NearestClass> nearest = new ArrayList<>(NEAREST);
    for (int index : evidence.nearest(NEAREST)) {
      nearest.add(
          NearestClass.newBuilder()
              .setLabel(classifier.labels().get(index))
              .setSquaredDistance(evidence.squaredDistances()[index])
              .setCosine(evidence.cosines()[index])
              .build());
    }
    boolean known = decision instanceof Decision.Known;
    return Recognition.newBuilder()
        .setEventId(event.getEventId())
        .setSourceId(event.getSourceId())
        .setScope(event.getScope())
        .setCapturedAt(event.getCapturedAt())
        .setModelName(Fixture.MODEL)
        .setModelVersion(1)
        .setOutcome(known ? Outcome.KNOWN : Outcome.UNKNOWN)
        .setLabel(classifier.labels().get(best))
        .setPValue(decision.pValue())
        .setScore(judgement.score())
        .setDistance(Math.sqrt(evidence.squaredDistances()[best]))
        .setCosine(evidence.cosines()[best])
        .setNearest(nearest)
        .setTimings(
            Timings.newBuilder()
                .setForwardMicros(forwardMicros)
                .setBatchSize(batchSize)
                .setAnsweredAt(Instant.now())
                .build())
        .build();
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    network.close();
  }
}
