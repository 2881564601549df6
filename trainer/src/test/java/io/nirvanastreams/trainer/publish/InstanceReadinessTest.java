package io.nirvanastreams.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.records.InstanceFeed;
import io.nirvanastreams.schemas.ProcessorInstance;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.Models;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InstanceReadinessTest {
  private static final String TOPIC = "r.instances";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final AvroSerdes serdes = Models.serdes("readiness");
  private final List<String> told = new ArrayList<>();
  private final MockConsumer<String, byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times) {
          return Map.of(PARTITION, new OffsetAndTimestamp(0, 0));
        }
      };
  private long next;

  @BeforeEach
  void topic() {
    Node node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, nodes, nodes)));
    consumer.updateBeginningOffsets(new HashMap<>(Map.of(PARTITION, 0L)));
    consumer.updateEndOffsets(new HashMap<>(Map.of(PARTITION, 0L)));
  }

  @Test
  void shouldWaitForNobodyWhereNobodyLives() {
    assertThatCode(() -> readiness(60, false).await(Models.NAME, 2)).doesNotThrowAnyException();
  }

  @Test
  void shouldWaitUntilEveryLivingInstanceIsReady() {
    say(instance("a/1", 1, 2), 0);
    say(instance("a/2", 1), 0);
    later(() -> say(instance("a/2", 1, 2), 0));

    readiness(60, false).await(Models.NAME, 2);

    assertThat(next).as("waited for the last word").isEqualTo(3);
  }

  @Test
  void shouldNameTheLaggardAndRefuse() {
    say(instance("a/1", 1, 2), 0);
    say(instance("a/2", 1), 0);

    assertThatThrownBy(() -> readiness(0, false).await(Models.NAME, 2))
        .isInstanceOf(NotReadyException.class)
        .hasMessage("clothes/2 was not loaded within 0 s by a/2; it is not made live");
  }

  @Test
  void shouldNameTheLaggardAndGoOn() {
    say(instance("a/2", 1), 0);

    readiness(0, true).await(Models.NAME, 2);

    assertThat(told)
        .containsExactly(
            "clothes/2 was not loaded within 0 s by a/2; it becomes live all the same");
  }

  @Test
  void shouldNotWaitForAVersionThatIsRefused() {
    ProcessorInstance refusing = instance("a/1", 1);
    refusing.setRefused(Map.of("2", "NaN"));
    say(refusing, 0);

    assertThatThrownBy(() -> readiness(60, false).await(Models.NAME, 2))
        .hasMessageContaining("clothes/2 is refused: by a/1, NaN");
  }

  @Test
  void shouldNotWaitForTheDeadTheStoppedAndOtherModels() {
    say(instance("a/1", 1), InstanceFeed.SILENCE.toMillis() + 1_000);
    ProcessorInstance stopped = instance("a/2", 1);
    stopped.setStopped(true);
    say(stopped, 0);
    ProcessorInstance other = instance("b/1", 1);
    other.setModelName("others");
    say(other, 0);

    assertThatCode(() -> readiness(60, false).await(Models.NAME, 2)).doesNotThrowAnyException();
  }

  private InstanceReadiness readiness(int seconds, boolean goOn) {
    return new InstanceReadiness(
        () -> new InstanceFeed(consumer, serdes, Topics.withPrefix("r"), Clock.systemUTC()),
        new InstanceReadiness.Settings(Duration.ofSeconds(seconds), goOn),
        told::add);
  }

  private static ProcessorInstance instance(String name, Integer... ready) {
    return ProcessorInstance.newBuilder()
        .setInstance(name)
        .setModelName(Models.NAME)
        .setReady(List.of(ready))
        .build();
  }

  private void later(Runnable task) {
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(task);
  }

  private void say(ProcessorInstance said, long agoMillis) {
    byte[] value = serdes.serializer().serialize(TOPIC, said);
    long offset = next++;
    Runnable add =
        () -> {
          consumer.updateEndOffsets(Map.of(PARTITION, offset + 1));
          consumer.addRecord(
              new ConsumerRecord<>(
                  TOPIC,
                  0,
                  offset,
                  System.currentTimeMillis() - agoMillis,
                  TimestampType.LOG_APPEND_TIME,
                  0,
                  value.length,
                  said.getInstance(),
                  value,
                  new RecordHeaders(),
                  Optional.empty()));
        };
    if (consumer.assignment().isEmpty()) {
      consumer.schedulePollTask(add);
      consumer.updateEndOffsets(new HashMap<>(Map.of(PARTITION, offset + 1)));
    } else {
      add.run();
    }
  }
}
