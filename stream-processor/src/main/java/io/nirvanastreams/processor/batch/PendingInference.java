package io.nirvanastreams.processor.batch;

import io.nirvanastreams.schemas.ImageEvent;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A header that exists only between poll and deserialisation: the parsed event and the future of
 * its answer travel in the very record they belong to. A map beside it, keyed by offset, would go
 * stale when a topic is deleted and created again.
 *
 * @param event the record's value
 * @param inference its answer to come
 */
public record PendingInference(ImageEvent event, CompletableFuture<Inference> inference)
    implements Header {
  private static final String KEY = "__nirvana.pending";

  /** Takes the pending answer out of a record's headers; null when there is none. */
  public static PendingInference take(Headers headers) {
    Header header = headers.lastHeader(KEY);
    if (header instanceof PendingInference pending) {
      headers.remove(KEY);
      return pending;
    }
    return null;
  }

  @Override
  public String key() {
    return KEY;
  }

  /** Nothing that could be written to a topic. */
  @Override
  public byte[] value() {
    return new byte[0];
  }
}
