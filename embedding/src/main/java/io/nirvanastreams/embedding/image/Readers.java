package io.nirvanastreams.embedding.image;

import io.nirvanastreams.embedding.image.header.ImageFormat;
import io.nirvanastreams.embedding.image.header.ImageHeader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Which reader decodes what: the platform's own where it can, the library's for TIFF, WebP and JPEG
 * of four components. Left to itself, Image I/O would take whichever registered last. Stateless.
 */
final class Readers {
  private static final String PLATFORM = "com.sun.imageio.";
  private static final int MOST_PLATFORM_COMPONENTS = 3;

  private Readers() {}

  /** A new reader; the caller disposes of it. */
  static ImageReader open(ImageHeader header) throws IOException {
    String name = header.format().name().toLowerCase(Locale.ROOT);
    boolean platform = platform(header);
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getPluginClassName().startsWith(PLATFORM) == platform
          && Arrays.asList(provider.getFormatNames()).contains(name)) {
        return provider.createReaderInstance();
      }
    }
    throw new IOException("no reader for " + name + " is installed");
  }

  private static boolean platform(ImageHeader header) {
    ImageFormat format = header.format();
    return format == ImageFormat.JPEG
        ? header.components() <= MOST_PLATFORM_COMPONENTS
        : format != ImageFormat.TIFF && format != ImageFormat.WEBP;
  }
}
