package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns JPEG and PNG bytes into the pixels a network takes. The sizes are read from the header and
 * checked before memory for a pixel is taken. Samples of 16 bits are rounded to 8, palettes are
 * looked up, transparent parts become white, colour becomes grey by the weights of ITU-R BT.601;
 * colour profiles and orientation tags are ignored. Safe for any thread.
 */
public final class ImageDecoder {
  /** The default for the number of pixels of an image. */
  public static final long DEFAULT_MAX_PIXELS = 50_000_000;

  /** The default for the number of bytes of an encoded image. */
  public static final int DEFAULT_MAX_BYTES = 32 << 20;

  private final long maxPixels;
  private final int maxBytes;

  /** A decoder with the default limits. */
  public ImageDecoder() {
    this(DEFAULT_MAX_PIXELS, DEFAULT_MAX_BYTES);
  }

  /**
   * A decoder with limits.
   *
   * @param maxPixels width x height above which an image is refused
   * @param maxBytes encoded bytes above which an image is refused
   */
  public ImageDecoder(long maxPixels, int maxBytes) {
    this.maxPixels = maxPixels;
    this.maxBytes = maxBytes;
    // The cache is for streams; with it every image would go through a temporary file.
    ImageIO.setUseCache(false);
  }

  /**
   * Decodes, crops and resizes an image: by the mean over areas where it shrinks, linearly where it
   * grows. An image that has the shape already comes back bit for bit.
   *
   * @param encoded the whole JPEG or PNG file
   * @param shape the shape of the result
   * @param crop the part to look at, or null for all of it; what lies outside the image is left out
   * @return {@code shape.size()} bytes, HWC
   * @throws UndecodableImageException whenever there is no such image in the bytes
   */
  public byte[] decode(byte[] encoded, InputShape shape, Crop crop)
      throws UndecodableImageException {
    if (encoded.length > maxBytes) {
      throw new UndecodableImageException(
          "too large: " + encoded.length + " bytes, allowed are " + maxBytes);
    }
    String format = format(encoded);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(stream, true, true);
      BufferedImage image = read(reader, crop);
      return Resizer.resize(new PixelRows(image, shape.channels()), shape);
    } catch (IOException e) {
      throw new UndecodableImageException("damaged " + format + ": " + reason(e), e);
    } catch (RuntimeException e) {
      // The readers of the platform answer some damaged files with unchecked exceptions.
      throw new UndecodableImageException("damaged " + format + ": " + reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  private BufferedImage read(ImageReader reader, Crop crop)
      throws IOException, UndecodableImageException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > maxPixels) {
      throw new UndecodableImageException(
          "too large: " + width + "x" + height + ", allowed are " + maxPixels + " pixels");
    }
    ImageReadParam param = reader.getDefaultReadParam();
    if (crop != null) {
      Rectangle part =
          new Rectangle(crop.x(), crop.y(), crop.width(), crop.height())
              .intersection(new Rectangle(width, height));
      if (part.isEmpty()) {
        throw new UndecodableImageException(
            "the region lies outside the image of " + width + "x" + height);
      }
      param.setSourceRegion(part);
    }
    // Of lost image data the reader only warns, and the pixels come back grey. Its other warnings,
    // such as a missing end marker behind all the data, leave the pixels right.
    AtomicBoolean damaged = new AtomicBoolean();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.contains("premature end") || warning.contains("bad Huffman code")) {
            damaged.set(true);
          }
        });
    BufferedImage image = reader.read(0, param);
    if (damaged.get()) {
      throw new UndecodableImageException("damaged jpeg: image data is missing");
    }
    return image;
  }

  private static String format(byte[] encoded) throws UndecodableImageException {
    if (startsWith(encoded, 0xFF, 0xD8, 0xFF)) {
      return "jpeg";
    }
    if (startsWith(encoded, 0x89, 'P', 'N', 'G')) {
      return "png";
    }
    throw new UndecodableImageException(
        encoded.length == 0 ? "empty" : "neither a JPEG nor a PNG file");
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
