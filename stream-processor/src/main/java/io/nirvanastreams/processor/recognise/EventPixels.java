package io.nirvanastreams.processor.recognise;

import io.nirvanastreams.embedding.image.Crop;
import io.nirvanastreams.embedding.image.ImageDecoder;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.PixelSource;
import io.nirvanastreams.processor.journal.DecodeGuard;
import io.nirvanastreams.processor.reference.ImageRoots;
import io.nirvanastreams.records.Regions;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Region;
import java.nio.ByteBuffer;

/** Pixels of real events: the bytes in the event or behind its reference, decoded and cropped. */
public final class EventPixels implements PixelSource {
  private final ClaimCheck references;
  private final ImageDecoder decoder;
  private final DecodeGuard guard;

  /**
   * Pixels by this decoder.
   *
   * @param roots where references must lead to; the caller closes them
   */
  public EventPixels(ImageRoots roots, ImageDecoder decoder) {
    this(roots, decoder, DecodeGuard.NONE);
  }

  /**
   * Pixels by this decoder, guarded where the image's place in the stream is known.
   *
   * @param roots where references must lead to; the caller closes them
   */
  public EventPixels(ImageRoots roots, ImageDecoder decoder, DecodeGuard guard) {
    this.references = new ClaimCheck(roots, decoder.limits().maxBytes());
    this.decoder = decoder;
    this.guard = guard;
  }

  @Override
  public byte[] pixels(ImageEvent event, InputShape shape) throws UndecodableImageException {
    return decoder.decode(encoded(event), shape, crop(event.getRegion()));
  }

  @Override
  public byte[] pixels(InferenceRequest request, InputShape shape)
      throws UndecodableImageException {
    Crop crop = crop(request.event().getRegion());
    byte[] encoded = encoded(request.event());
    return guard.decode(request, () -> decoder.decode(encoded, shape, crop));
  }

  private byte[] encoded(ImageEvent event) throws UndecodableImageException {
    ByteBuffer bytes = event.getBytes();
    if (bytes != null) {
      decoder.limits().checkBytes(bytes.remaining());
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return copy;
    }
    if (event.getReference() == null) {
      throw new UndecodableImageException("the event has neither bytes nor a reference");
    }
    return references.fetch(event.getReference());
  }

  private static Crop crop(Region region) throws UndecodableImageException {
    try {
      return Regions.toCrop(region);
    } catch (IllegalArgumentException e) {
      throw new UndecodableImageException("the region is empty or outside the image", e);
    }
  }
}
