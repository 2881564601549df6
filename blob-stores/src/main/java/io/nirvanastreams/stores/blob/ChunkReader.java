package io.nirvanastreams.stores.blob;

import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads a folder from a topic. Chunks go straight to their places in the files, so that memory
 * holds one poll and not the weights. One thread.
 */
final class ChunkReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<String, byte[]> consumer;
  private final TopicPartition partition;
  private final String prefix;

  ChunkReader(Map<String, Object> kafka, Topic topic, String prefix) {
    this.consumer = TopicReader.consumer(kafka);
    this.prefix = prefix;
    try {
      List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic));
      if (partitions.size() != 1) {
        throw new IllegalStateException(
            topic.name() + " has " + partitions.size() + " partitions; it must have one");
      }
      this.partition = partitions.get(0);
      consumer.assign(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * The folder's index; null when the topic has none.
   *
   * @param hint where it should be
   */
  ChunkIndex index(long hint) throws IOException {
    ConsumerRecord<String, byte[]> found = find(hint, true);
    found = found == null ? find(0, false) : found;
    return found == null ? null : ChunkIndex.of(found.value());
  }

  /**
   * Puts the files into a folder.
   *
   * @throws IOException when chunks are missing or do not fit
   */
  void read(ChunkIndex index, Path folder) throws IOException {
    Map<String, Place> places = new HashMap<>();
    for (FolderIndex.Entry entry : index.index().entries()) {
      for (int chunk = 0; chunk < ChunkIndex.chunks(entry); chunk++) {
        places.put(ChunkIndex.key(prefix, entry, chunk), new Place(entry, chunk));
      }
    }
    Map<String, Place> missing = new HashMap<>(places);
    try (Files files = new Files(index.index(), folder)) {
      for (long start : new long[] {index.firstOffset(), 0}) {
        if (!missing.isEmpty()) {
          scan(
              start,
              record -> {
                if (record.value() != null && missing.remove(record.key()) != null) {
                  files.put(places.get(record.key()), record.value());
                }
                return missing.isEmpty();
              });
        }
      }
      files.failIfWrong();
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          missing.size() + " of " + places.size() + " chunks are missing on " + partition.topic());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private ConsumerRecord<String, byte[]> find(long start, boolean firstOnly) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    scan(
        start,
        record -> {
          if (record.key().equals(prefix + ChunkIndex.KEY_END)) {
            found.clear();
            if (record.value() != null) {
              found.add(record);
            }
          }
          return firstOnly;
        });
    return found.isEmpty() ? null : found.get(0);
  }

  /** Reads from an offset to the end of the topic, or until the visitor has enough. */
  private void scan(long start, Predicate<ConsumerRecord<String, byte[]>> enough) {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
    if (start >= end) {
      return; // another topic than the one that the offset was of
    }
    consumer.seek(partition, Math.max(start, begin));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("no record for " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
        if (enough.test(record)) {
          return;
        }
      }
    }
  }

  private record Place(FolderIndex.Entry entry, int chunk) {}

  /** The files that are being put together. */
  private static final class Files implements AutoCloseable {
    private final Map<String, FileChannel> open = new HashMap<>();
    private IOException failure;

    Files(FolderIndex index, Path folder) throws IOException {
      for (FolderIndex.Entry entry : index.entries()) {
        open.put(
            entry.name(),
            FileChannel.open(
                folder.resolve(entry.name()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE));
      }
    }

    void put(Place place, byte[] bytes) {
      try {
        long position = (long) place.chunk() * ChunkIndex.CHUNK;
        if (bytes.length != Math.min(ChunkIndex.CHUNK, place.entry().size() - position)) {
          throw new IOException("a chunk of " + place.entry().name() + " has another length");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          position += open.get(place.entry().name()).write(buffer, position);
        }
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }

    void failIfWrong() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void close() throws IOException {
      for (FileChannel channel : open.values()) {
        channel.close();
      }
    }
  }
}
