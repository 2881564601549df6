package io.nirvanastreams.processor.replay;

import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.PendingInference;
import io.nirvanastreams.schemas.ImageEvent;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Answers the images of a range again. Two polls are in work at a time, so that images are decoded
 * while others are in the network. The consumer has no group; nothing is committed. For one thread.
 */
public final class Replay {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int POLLS_IN_WORK = 2;

  private final Consumer<String, byte[]> consumer;
  private final Deserializer<ImageEvent> events;
  private final Answerer answerer;

  /** A replay that reads with this consumer, which stays the caller's to close. */
  public Replay(
      Consumer<String, byte[]> consumer, Deserializer<ImageEvent> events, Answerer answerer) {
    this.consumer = consumer;
    this.events = events;
    this.answerer = answerer;
  }

  /**
   * What came of a replay. Immutable.
   *
   * @param answered images answered
   * @param unreadable records that hold no image event; the stream dead-letters them
   * @param stopped whether it was ended before its range
   */
  public record Result(long answered, long unreadable, boolean stopped) {}

  private record Submitted(PendingInference pending, long recordTime) {}

  /**
   * Answers every wanted image of the range.
   *
   * @param stop asked between two polls: true ends the replay early
   * @throws TimeoutException when no record comes for a minute before the range is read
   */
  public Result run(
      ImageRange range, Predicate<ImageEvent> wanted, BooleanSupplier stop, ReplaySink sink) {
    Map<TopicPartition, Long> open = assign(range);
    Queue<List<Submitted>> inWork = new ArrayDeque<>();
    long answered = 0;
    long unreadable = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!open.isEmpty() && !stop.getAsBoolean()) {
      List<InferenceRequest> requests = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
        Long end = open.get(new TopicPartition(record.topic(), record.partition()));
        if (end == null || record.offset() >= end) {
          continue;
        }
        ImageEvent event = parse(record);
        if (event == null) {
          unreadable++;
        } else if (wanted.test(event)) {
          requests.add(new InferenceRequest(event, record.timestamp()));
        }
      }
      if (!requests.isEmpty()) {
        inWork.add(submit(requests));
      }
      while (inWork.size() >= POLLS_IN_WORK) {
        answered += finish(inWork.remove(), sink);
      }
      open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("no image came for " + PATIENCE.toSeconds() + " s");
      }
    }
    while (!inWork.isEmpty()) {
      answered += finish(inWork.remove(), sink);
    }
    return new Result(answered, unreadable, !open.isEmpty());
  }

  private Map<TopicPartition, Long> assign(ImageRange range) {
    Map<TopicPartition, Long> open = new HashMap<>();
    range
        .partitions()
        .forEach(
            (number, offsets) -> open.put(new TopicPartition(range.topic(), number), offsets.to()));
    consumer.assign(open.keySet());
    range
        .partitions()
        .forEach(
            (number, offsets) ->
                consumer.seek(new TopicPartition(range.topic(), number), offsets.from()));
    return open;
  }

  private List<Submitted> submit(List<InferenceRequest> requests) {
    List<PendingInference> pending = answerer.submit(requests);
    List<Submitted> submitted = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      submitted.add(new Submitted(pending.get(i), requests.get(i).recordTime()));
    }
    return submitted;
  }

  private int finish(List<Submitted> submitted, ReplaySink sink) {
    for (Submitted one : submitted) {
      sink.accept(answerer.answer(one.pending(), one.recordTime()), one.recordTime());
    }
    return submitted.size();
  }

  private ImageEvent parse(ConsumerRecord<String, byte[]> record) {
    try {
      return events.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
          throw e; // says something about the registry, and nothing about the record
        }
      }
      return null;
    }
  }
}
