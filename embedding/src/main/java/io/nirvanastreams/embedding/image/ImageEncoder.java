package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.model.InputShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pixels as PNG or JPEG files: the other way round of {@link ImageDecoder}. Stateless. */
public final class ImageEncoder {
  private ImageEncoder() {}

  /**
   * A PNG file that decodes to exactly these pixels.
   *
   * @param pixels {@code shape.size()} bytes, HWC
   * @throws IllegalArgumentException for another number of bytes
   */
  public static byte[] png(byte[] pixels, InputShape shape) {
    return encode(image(pixels, shape), "png", -1);
  }

  /**
   * A JPEG file.
   *
   * @param pixels {@code shape.size()} bytes, HWC
   * @param quality from 0 (small) to 1 (good)
   * @throws IllegalArgumentException for another number of bytes or another quality
   */
  public static byte[] jpeg(byte[] pixels, InputShape shape, float quality) {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("a quality is from 0 to 1, not " + quality);
    }
    return encode(image(pixels, shape), "jpeg", quality);
  }

  private static BufferedImage image(byte[] pixels, InputShape shape) {
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(pixels.length + " bytes are no image of " + shape);
    }
    int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(shape.width(), shape.height(), type);
    int[] samples = new int[pixels.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pixels[i] & 0xFF;
    }
    image.getRaster().setPixels(0, 0, shape.width(), shape.height(), samples);
    return image;
  }

  private static byte[] encode(BufferedImage image, String format, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (quality >= 0) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory cannot be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
