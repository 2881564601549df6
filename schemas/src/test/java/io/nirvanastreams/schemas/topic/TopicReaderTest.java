package io.nirvanastreams.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Topic models = Topics.withPrefix("t").models();
  private final TopicPartition partition = new TopicPartition(models.name(), 0);
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private long next;

  @BeforeEach
  void cluster() {
    Node node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    consumer.updatePartitions(
        models.name(), List.of(new PartitionInfo(models.name(), 0, node, nodes, nodes)));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
  }

  @Test
  void shouldKeepTheLatestValueOfEveryKeyAndDropDeletedOnes() {
    consumer.updateEndOffsets(Map.of(partition, 5L));
    consumer.schedulePollTask(
        () -> {
          add("a", "old");
          add("b", "gone");
          add("c", "kept");
          add("a", "new");
          add("b", null);
        });

    Map<String, byte[]> latest = TopicReader.latest(consumer, models, Duration.ofSeconds(5));

    assertThat(latest.keySet()).containsExactly("c", "a");
    assertThat(new String(latest.get("a"), UTF_8)).isEqualTo("new");
  }

  @Test
  void shouldReturnAtOnceForAnEmptyTopic() {
    consumer.updateEndOffsets(Map.of(partition, 0L));

    assertThat(TopicReader.latest(consumer, models, SHORT)).isEmpty();
  }

  @Test
  void shouldSayWhenTheEndIsNotReached() {
    consumer.updateEndOffsets(Map.of(partition, 1L));

    assertThatThrownBy(() -> TopicReader.latest(consumer, models, SHORT))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(models.name());
  }

  @Test
  void shouldSayWhichTopicIsMissing() {
    Topic other = Topics.withPrefix("t").centres();

    assertThatThrownBy(() -> TopicReader.latest(consumer, other, SHORT))
        .isInstanceOf(UnknownTopicOrPartitionException.class)
        .hasMessageContaining(other.name());
  }

  private void add(String key, String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    consumer.addRecord(new ConsumerRecord<>(models.name(), 0, next++, key, bytes));
  }
}
