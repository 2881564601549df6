package io.nirvanastreams.camera.frame;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One image of a source. Immutable.
 *
 * @param name where it comes from, for people
 * @param picture what is seen
 * @param position when in the stream it was taken, counted from the start of the stream; null where
 *     there is no such time, as with files
 * @param capturedAt when it was taken; null where that is unknown
 * @param attributes what else is known of it
 */
public record Frame(
    String name,
    Picture picture,
    Duration position,
    Instant capturedAt,
    Map<String, String> attributes) {
  /** Copies the attributes. */
  public Frame {
    attributes = Map.copyOf(attributes);
  }

  /** The bytes of an image file, unaltered; its name is the attribute {@code file}. */
  public static Frame ofFile(String name, byte[] bytes) {
    return new Frame(name, new Picture.Encoded(bytes), null, null, Map.of("file", name));
  }

  /** This frame with another picture. */
  public Frame withPicture(Picture other) {
    return new Frame(name, other, position, capturedAt, attributes);
  }

  /** This frame with a further attribute. */
  public Frame withAttribute(String key, String value) {
    Map<String, String> more = new HashMap<>(attributes);
    more.put(key, value);
    return new Frame(name, picture, position, capturedAt, more);
  }
}
