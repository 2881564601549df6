package io.nirvanastreams.app.trial;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.TopicTail;
import io.nirvanastreams.schemas.Recognition;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.apache.kafka.common.serialization.Deserializer;

/** Counts different images answered while a trial runs. Safe from any thread. */
final class AnswerCount implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final TopicTail tail;

  /** Counts from the first answer on. */
  AnswerCount(ClusterAccess access, Journal journal) {
    Deserializer<Recognition> deserializer = access.serdes().deserializer(Recognition.class);
    String topic = access.topics().recognitions().name();
    tail =
        new TopicTail(
            "answer-count",
            access.kafka(),
            problem -> {
              if (!problem.isEmpty()) {
                journal.say("%s", problem);
              }
            });
    tail.follow(
        topic,
        TopicTail.FROM_BEGINNING,
        (record, fresh) ->
            answered.add(deserializer.deserialize(topic, record.value()).getEventId()));
    tail.start();
  }

  int count() {
    return answered.size();
  }

  /** Waits until so many are answered; false when nothing more is for a while. */
  boolean await(IntSupplier wanted, Duration patience) throws InterruptedException {
    int before = -1;
    long deadline = 0;
    while (count() < wanted.getAsInt()) {
      if (count() != before) {
        before = count();
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  @Override
  public void close() {
    tail.close();
  }
}
