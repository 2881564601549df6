package io.nirvanastreams.processor.batch;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.schemas.ImageEvent;

/** Makes a network's input out of an image event. Implementations are safe for any thread. */
@FunctionalInterface
public interface PixelSource {
  /**
   * The pixels of the event's image in the given shape: uint8, HWC.
   *
   * @throws UndecodableImageException when the event leads to no image
   * @throws InferenceUnavailableException when its image cannot be had now, which says nothing
   *     about the image
   */
  byte[] pixels(ImageEvent event, InputShape shape) throws UndecodableImageException;

  /** The same for a request, for sources that want to know where its record lies. */
  default byte[] pixels(InferenceRequest request, InputShape shape)
      throws UndecodableImageException {
    return pixels(request.event(), shape);
  }
}
