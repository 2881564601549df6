package io.nirvanastreams.processor.reference;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** A place that images may lie under. Implementations are safe for any thread. */
interface ImageRoot {
  /** Whether the address is of this root's kind, wherever it leads. */
  boolean understands(String uri);

  /**
   * The bytes at an address; null when it does not lead below this root.
   *
   * @param size the bytes that there must be; no more are read
   * @throws UndecodableImageException when they may not be read, or are another number
   * @throws NoSuchFileException when there is nothing below this root
   * @throws IOException when they cannot be read now
   */
  byte[] read(String uri, int size) throws UndecodableImageException, IOException;
}
