package io.nirvanastreams.embedding.image.header;

import java.io.IOException;

/**
 * What an encoded image says of itself. Immutable.
 *
 * @param format its format
 * @param width stored columns
 * @param height stored rows
 * @param frames frames or pages, 1 for a still image
 * @param components colour components of a pixel of a JPEG; 0 for other formats
 * @param orientation how the stored rows lie to those that are seen
 */
public record ImageHeader(
    ImageFormat format,
    int width,
    int height,
    int frames,
    int components,
    Orientation orientation) {

  /**
   * Reads the header. Takes no memory that depends on what the header says, and time at most in
   * proportion to the bytes.
   *
   * @param encoded the whole file
   * @throws IOException when the header is damaged, breaks off or says what cannot be; the message
   *     is a reason for people
   */
  public static ImageHeader read(ImageFormat format, byte[] encoded) throws IOException {
    ImageHeader header =
        switch (format) {
          case JPEG -> JpegHeader.read(encoded);
          case PNG -> PngHeader.read(encoded);
          case GIF -> GifHeader.read(encoded);
          case BMP -> BmpHeader.read(encoded);
          case TIFF -> TiffHeader.read(encoded);
          case WEBP -> WebpHeader.read(encoded);
        };
    if (header.width < 1 || header.height < 1) {
      throw new IOException("a size of " + header.width + "x" + header.height);
    }
    return header;
  }

  /**
   * Refuses a size that no file of so few bytes can fill: an entry of a few bytes must not cost a
   * decoder memory and time for millions of pixels.
   *
   * @throws IOException when it claims more pixels than its compression can hold
   */
  public void checkFilled(int bytes) throws IOException {
    if ((long) width * height > mostPixelsPerByte() * bytes) {
      throw new IOException(width + "x" + height + " pixels cannot be in " + bytes + " bytes");
    }
  }

  private long mostPixelsPerByte() {
    return switch (format) {
      case JPEG -> 2048; // a bit for each block of each component
      case PNG -> 8 * 1040; // deflate makes at most 1032 of one, and a pixel takes a bit
      case GIF -> 4096; // the longest string of its table for each code
      case BMP, TIFF, WEBP -> Integer.MAX_VALUE;
    };
  }

  static ImageHeader still(ImageFormat format, int width, int height) {
    return new ImageHeader(format, width, height, 1, 0, Orientation.UPRIGHT);
  }

  /** Columns as they are seen. */
  public int seenWidth() {
    return orientation.transposed() ? height : width;
  }

  /** Rows as they are seen. */
  public int seenHeight() {
    return orientation.transposed() ? width : height;
  }
}
