package io.nirvanastreams.app.ingest;

import java.io.IOException;

/**
 * One encoded image of a source of frames.
 *
 * @param name where it comes from, for people
 * @param content gives the bytes; may be called again as long as the source is open
 */
public record Frame(String name, Content content) {
  /** Bytes that are read when they are needed. */
  @FunctionalInterface
  public interface Content {
    /** The bytes, unaltered. */
    byte[] read() throws IOException;
  }
}
