package io.nirvanastreams.app.deadletters;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.processor.recognise.DeadLetter;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters back to the images: the original bytes, key and headers, and a marker. In the
 * same transaction a note goes to the dead letters, so that a letter is sent again or noted never
 * one without the other. For one thread.
 */
public final class Redrive implements AutoCloseable {
  /** Header of an image that was sent again: the id of its dead letter. */
  public static final String MARKER = "nirvana.redriven";

  /** Header of a record of the dead letters that is none: the id of the letter sent again. */
  public static final String NOTE = "nirvana.redrive.note";

  private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);
  private static final String WHY = "__streams.errors.";

  private final Topics topics;
  private final DeadLetters letters;
  private final Producer<byte[], byte[]> producer;

  /**
   * Opens a producer.
   *
   * @param letters reads the bytes; stays the caller's to close
   */
  public Redrive(ClusterAccess access, DeadLetters letters) {
    this.topics = access.topics();
    this.letters = letters;
    Map<String, Object> config = access.kafka();
    config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "nirvana-redrive-" + UUID.randomUUID());
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /**
   * Why a letter cannot be sent again; empty when it can.
   *
   * @param again whether letters may be sent again that were before
   */
  public static Optional<String> obstacle(
      Letter letter, DeadLetters.Contents contents, Topics topics, boolean again) {
    if (!letter.from().topic().equals(topics.images().name())) {
      return Optional.of("comes from " + letter.from().topic() + ", not from the images");
    }
    if (!again && contents.redriven().contains(letter.id())) {
      return Optional.of("was redriven before; --again does it again");
    }
    if (!again && letter.redrivenBefore()) {
      return Optional.of("failed after it was redriven; --again does it again");
    }
    return Optional.empty();
  }

  /**
   * Sends one letter.
   *
   * @return why not; empty when it is sent
   * @throws KafkaException when the cluster refuses; nothing is written then
   */
  public Optional<String> send(Letter letter) {
    Optional<ConsumerRecord<byte[], byte[]>> whole =
        letter.cut()
            ? letters.record(
                letter.from().topic(), letter.from().partition(), letter.from().offset())
            : letters.record(letter.id());
    if (whole.isEmpty()) {
      return Optional.of("its bytes are not on the cluster any more");
    }
    byte[] id = letter.id().toString().getBytes(StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> record = whole.get();
    producer.beginTransaction();
    try {
      // Committing waits for both, and fails when one does.
      var image =
          producer.send(
              new ProducerRecord<>(
                  topics.images().name(),
                  null,
                  null, // as of now: the model that is live answers
                  record.key(),
                  record.value(),
                  original(record.headers()).add(MARKER, id)));
      var note =
          producer.send(
              new ProducerRecord<>(
                  topics.deadLetters().name(),
                  letter.id().partition(),
                  null,
                  record.key(),
                  null,
                  new RecordHeaders().add(NOTE, id)));
      producer.commitTransaction();
      LOG.info("{} is redriven: {}, {}", letter.id(), image, note);
      return Optional.empty();
    } catch (KafkaException e) {
      abort(e);
      throw e;
    }
  }

  private void abort(KafkaException failure) {
    try {
      producer.abortTransaction();
    } catch (RuntimeException e) {
      failure.addSuppressed(e); // the cluster ends it when its time is over
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static Headers original(Headers all) {
    Headers original = new RecordHeaders();
    for (Header header : all) {
      String key = header.key();
      if (!key.startsWith(WHY) && !key.equals(DeadLetter.CUT) && !key.equals(MARKER)) {
        original.add(header);
      }
    }
    return original;
  }
}
