package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.image.header.ImageFormat;
import io.nirvanastreams.embedding.image.header.ImageHeader;
import io.nirvanastreams.embedding.image.header.Orientation;
import io.nirvanastreams.embedding.model.InputShape;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns JPEG, PNG, GIF, BMP, TIFF and WebP bytes into the pixels a network takes. The header is
 * read and held against the {@link ImageLimits} before memory for a pixel is taken. The first frame
 * counts, upright as its orientation tag says. Samples of 16 bits are rounded to 8, palettes are
 * looked up, CMYK becomes RGB, transparent parts become white, colour becomes grey by the weights
 * of ITU-R BT.601; colour profiles are ignored, save those of CMYK.
 *
 * <p>An image of which any data is missing is refused; a missing end mark is forgiven where the
 * data before it is whole. Safe for any thread.
 */
public final class ImageDecoder {
  /**
   * Of lost image data the JPEG reader only warns, and the pixels come back grey. Its other
   * warnings, such as a missing end mark behind all the data, leave the pixels right.
   */
  private static final List<String> DAMAGE =
      List.of("premature end", "bad Huffman code", "instead of RST");

  private final ImageLimits limits;

  /** A decoder with the default limits. */
  public ImageDecoder() {
    this(ImageLimits.DEFAULT);
  }

  /** A decoder with limits. */
  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
    // The cache is for streams; with it every image would go through a temporary file.
    ImageIO.setUseCache(false);
  }

  /** What images may ask for. */
  public ImageLimits limits() {
    return limits;
  }

  /**
   * Decodes, crops and resizes an image: by the mean over areas where it shrinks, linearly where it
   * grows. An image that has the shape already comes back bit for bit.
   *
   * @param encoded the whole file
   * @param shape the shape of the result
   * @param crop the part of the upright image to look at, or null for all of it; what lies outside
   *     the image is left out
   * @return {@code shape.size()} bytes, HWC
   * @throws UndecodableImageException whenever there is no such image in the bytes
   */
  public byte[] decode(byte[] encoded, InputShape shape, Crop crop)
      throws UndecodableImageException {
    limits.checkBytes(encoded.length);
    ImageFormat format =
        ImageFormat.of(encoded)
            .orElseThrow(
                () ->
                    new UndecodableImageException(
                        encoded.length == 0
                            ? "empty"
                            : "neither JPEG, PNG, GIF, BMP, TIFF nor WebP"));
    try {
      ImageHeader header = ImageHeader.read(format, encoded);
      limits.check(header);
      header.checkFilled(encoded.length);
      BufferedImage image = read(encoded, header, part(crop, header));
      return Resizer.resize(new PixelRows(image, header.orientation(), shape.channels()), shape);
    } catch (IOException | RuntimeException e) {
      // The readers answer some damaged files with unchecked exceptions.
      throw new UndecodableImageException("damaged " + name(format) + ": " + reason(e), e);
    } catch (StackOverflowError e) {
      throw new UndecodableImageException("damaged " + name(format) + ": nested too deeply", e);
    }
  }

  private BufferedImage read(byte[] encoded, ImageHeader header, Rectangle part)
      throws IOException, UndecodableImageException {
    ImageReader reader = Readers.open(header);
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(stream, true, true);
      // Header and reader may disagree on a file that is made to fool one of them.
      if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
        throw new IOException("its header names two sizes");
      }
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(part);
      AtomicBoolean damaged = new AtomicBoolean();
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (DAMAGE.stream().anyMatch(warning::contains)) {
              damaged.set(true);
            }
          });
      BufferedImage image = reader.read(0, param);
      if (damaged.get()) {
        throw new IOException("image data is missing");
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** The stored part that is seen as this crop; null for all. */
  private static Rectangle part(Crop crop, ImageHeader header) throws UndecodableImageException {
    if (crop == null) {
      return null;
    }
    int width = header.seenWidth();
    int height = header.seenHeight();
    Rectangle seen =
        new Rectangle(crop.x(), crop.y(), crop.width(), crop.height())
            .intersection(new Rectangle(width, height));
    if (seen.isEmpty()) {
      throw new UndecodableImageException(
          "the region lies outside the image of " + width + "x" + height);
    }
    Orientation orientation = header.orientation();
    int across = orientation.reversedAcross() ? width - seen.x - seen.width : seen.x;
    int down = orientation.reversedDown() ? height - seen.y - seen.height : seen.y;
    return orientation.transposed()
        ? new Rectangle(down, across, seen.height, seen.width)
        : new Rectangle(across, down, seen.width, seen.height);
  }

  private static String name(ImageFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
