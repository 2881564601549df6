package io.nirvanastreams.stores.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes folders to a topic, the index when all replicas have all chunks. One thread. */
final class ChunkWriter implements AutoCloseable {
  private final Producer<String, byte[]> producer;
  private final String topic;

  ChunkWriter(Map<String, Object> kafka, String topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    this.topic = topic;
  }

  /** The offset of the index. */
  long write(Path folder, FolderIndex index, String prefix) throws IOException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (FolderIndex.Entry entry : index.entries()) {
      try (InputStream in = Files.newInputStream(folder.resolve(entry.name()))) {
        for (int chunk = 0; chunk < ChunkIndex.chunks(entry); chunk++) {
          byte[] bytes = in.readNBytes(ChunkIndex.CHUNK);
          sent.add(send(ChunkIndex.key(prefix, entry, chunk), bytes));
        }
      }
    }
    long first = Long.MAX_VALUE;
    for (Future<RecordMetadata> one : sent) {
      first = Math.min(first, await(one).offset());
    }
    ChunkIndex last = new ChunkIndex(first, index);
    return await(send(prefix + ChunkIndex.KEY_END, last.value())).offset();
  }

  @Override
  public void close() {
    producer.close();
  }

  private Future<RecordMetadata> send(String key, byte[] value) {
    return producer.send(new ProducerRecord<>(topic, key, value));
  }

  private static RecordMetadata await(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
