package io.nirvanastreams.camera.frame;

import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.embedding.model.InputShape;

/** What is seen on a frame: an image file, or pixels that a video was decoded to. */
public sealed interface Picture permits Picture.Encoded, Picture.Raw {
  /** The bytes of an image file; pixels become a JPEG file of a quality of 90. */
  byte[] bytes();

  /** An image file; whether it can be decoded is not known. The array is not copied. */
  final class Encoded implements Picture {
    private final byte[] bytes;

    /** Takes the bytes; nobody may change them any more. */
    public Encoded(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }
  }

  /** Pixels: uint8, HWC. The array is not copied. */
  final class Raw implements Picture {
    private final byte[] pixels;
    private final InputShape shape;

    /**
     * Takes the pixels; nobody may change them any more.
     *
     * @throws IllegalArgumentException unless there are {@code shape.size()} of them
     */
    public Raw(byte[] pixels, InputShape shape) {
      if (pixels.length != shape.size()) {
        throw new IllegalArgumentException(pixels.length + " bytes are no image of " + shape);
      }
      this.pixels = pixels;
      this.shape = shape;
    }

    /** The pixels, {@code shape().size()} bytes. */
    public byte[] pixels() {
      return pixels;
    }

    /** Channels, height and width. */
    public InputShape shape() {
      return shape;
    }

    @Override
    public byte[] bytes() {
      return ImageEncoder.jpeg(pixels, shape, 0.9f);
    }
  }
}
