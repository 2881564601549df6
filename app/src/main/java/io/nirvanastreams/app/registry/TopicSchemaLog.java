package io.nirvanastreams.app.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The compacted topic {@code _schemas}, one record a change, in the form that Confluent's registry
 * writes. One writer: the registry of this process. Safe from any thread.
 */
final class TopicSchemaLog implements SchemaLog {
  static final String TOPIC = "_schemas";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final KafkaProducer<String, String> producer;

  private TopicSchemaLog(KafkaProducer<String, String> producer) {
    this.producer = producer;
  }

  /** Opens the log, made where it is missing, and hands over what it holds. */
  static TopicSchemaLog open(String bootstrap, Reader reader) {
    Map<String, Object> client =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap, "enable.metrics.push", false);
    createTopic(client);
    replay(client, reader);
    return new TopicSchemaLog(
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer()));
  }

  @Override
  public void append(StoredSchema schema) {
    ObjectNode key = key("SCHEMA", 1).put("subject", schema.subject());
    ObjectNode value = JSON.createObjectNode().put("subject", schema.subject());
    value.put("version", schema.version()).put("id", schema.id()).put("deleted", false);
    send(key.put("version", schema.version()), value.put("schema", schema.text()));
  }

  @Override
  public void append(String subject, Level level) {
    ObjectNode key = key("CONFIG", 0).put("subject", subject);
    send(key, JSON.createObjectNode().put("compatibilityLevel", level.name()));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private static ObjectNode key(String type, int magic) {
    return JSON.createObjectNode().put("keytype", type).put("magic", magic);
  }

  private void send(ObjectNode key, ObjectNode value) {
    try {
      producer.send(new ProducerRecord<>(TOPIC, key.toString(), value.toString())).get();
    } catch (ExecutionException e) {
      throw RegistryException.notStored(e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RegistryException.notStored("interrupted");
    }
  }

  private static void createTopic(Map<String, Object> client) {
    try (Admin admin = Admin.create(client)) {
      // As many replicas as the cluster gives a topic: what names every record must outlive a
      // broker.
      NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty());
      admin.createTopics(List.of(topic.configs(Map.of("cleanup.policy", "compact")))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw RegistryException.notStored("cannot create " + TOPIC + ": " + e.getCause());
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static void replay(Map<String, Object> client, Reader reader) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      while (consumer.position(PARTITION) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          read(record, reader);
        }
      }
    }
  }

  private static void read(ConsumerRecord<String, String> record, Reader reader) {
    try {
      JsonNode key = JSON.readTree(record.key());
      JsonNode value = JSON.readTree(record.value());
      String subject = key.path("subject").asText(null);
      if (key.path("keytype").asText().equals("SCHEMA")) {
        reader.schema(
            new StoredSchema(
                subject,
                value.path("version").asInt(),
                value.path("id").asInt(),
                SchemaStore.parse(value.path("schema").asText())));
      } else {
        reader.level(subject, Level.named(value.path("compatibilityLevel").asText()));
      }
    } catch (JsonProcessingException e) {
      throw RegistryException.notStored(
          TOPIC + " has an unreadable record at offset " + record.offset());
    }
  }
}
