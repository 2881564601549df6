package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.records.Regions;
import io.nirvanastreams.schemas.Novelty;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the pixels out of novelties, cut and resized as the network saw them. For any thread. */
final class NoveltyImages {
  private static final Logger LOG = LoggerFactory.getLogger(NoveltyImages.class);

  private final InputShape shape;
  private final ImageDecoder decoder = new ImageDecoder();

  NoveltyImages(InputShape shape) {
    this.shape = shape;
  }

  /** The pixels; empty when the novelty carries no image that can be decoded. */
  Optional<byte[]> pixels(String eventId, Novelty novelty) {
    if (novelty.getBytes() == null) {
      LOG.warn("the image of {} is not in its novelty: it cannot be learned from", eventId);
      return Optional.empty();
    }
    ByteBuffer buffer = novelty.getBytes().duplicate();
    byte[] encoded = new byte[buffer.remaining()];
    buffer.get(encoded);
    try {
      return Optional.of(decoder.decode(encoded, shape, Regions.toCrop(novelty.getRegion())));
    } catch (UndecodableImageException | IllegalArgumentException e) {
      LOG.warn("the image of {} cannot be learned from: {}", eventId, e.getMessage());
      return Optional.empty();
    }
  }
}
