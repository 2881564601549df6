package io.nirvanastreams.stores.blob;

import io.nirvanastreams.embedding.model.BlobStore;
import io.nirvanastreams.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * A blob store on a compacted topic of the cluster itself, so that processors and trainers need no
 * shared disk. A folder is a row of chunks of half a megabyte, which every broker takes as it
 * comes, and its index as the last record.
 *
 * <p>An address is {@code kafka:NAME@DIGEST:OFFSET}. The digest pins the index, and with it the
 * bytes of every file; the chunks' keys hold it too, so that other content under the same name lies
 * beside and never mixes. The offset says where the index is, so that a reader need not read the
 * whole topic; where it does not lead there (a mirrored topic has offsets of its own), the topic is
 * read from its beginning.
 *
 * <p>Safe for any thread and for several processes.
 */
public final class KafkaBlobStore implements BlobStore {
  private static final Pattern ADDRESS =
      Pattern.compile("kafka:([^@]+)@([0-9a-f]{64}):([0-9]{1,18})");

  private final Map<String, Object> kafka;
  private final Topic topic;
  private final BlobCache cache;

  /**
   * A store on a topic, which must be there when it is used.
   *
   * @param kafka client settings; {@code bootstrap.servers} is required
   * @param cache where fetched folders are put
   */
  public KafkaBlobStore(Map<String, ?> kafka, Topic topic, BlobCache cache) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.cache = cache;
  }

  @Override
  public String put(Path folder, String name) throws IOException {
    FolderIndex index = FolderIndex.of(folder);
    String prefix = prefix(BlobNames.checked(name), index.digest());
    try (ChunkWriter writer = new ChunkWriter(kafka, topic.name())) {
      long offset = writer.write(folder, index, prefix);
      return "kafka:" + name + "@" + index.digest() + ":" + offset;
    } catch (KafkaException e) {
      throw new IOException("cannot write to " + topic.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Path fetch(String uri) throws IOException {
    Matcher address = ADDRESS.matcher(uri);
    if (!address.matches()) {
      throw new IllegalArgumentException("no address in Kafka: " + uri);
    }
    String name = BlobNames.checked(address.group(1));
    String digest = address.group(2);
    try (ChunkReader reader = new ChunkReader(kafka, topic, prefix(name, digest))) {
      ChunkIndex found = reader.index(Long.parseLong(address.group(3)));
      if (found == null) {
        throw new NoSuchFileException(uri, null, "it is not, or not whole, on " + topic.name());
      }
      if (!found.index().digest().equals(digest)) {
        throw new IOException("the index at " + uri + " is not the one that was put there");
      }
      return cache.fetch(name, found.index(), temporary -> reader.read(found, temporary));
    } catch (KafkaException e) {
      throw new IOException("cannot read from " + topic.name() + ": " + e.getMessage(), e);
    }
  }

  private static String prefix(String name, String digest) {
    return name + "/" + digest + "/";
  }
}
