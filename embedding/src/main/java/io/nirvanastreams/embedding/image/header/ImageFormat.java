package io.nirvanastreams.embedding.image.header;

import java.util.Optional;

/** The formats of images that can be decoded, told by their first bytes. */
public enum ImageFormat {
  /** JPEG: grey, YCbCr, RGB, CMYK or YCCK; baseline and progressive. */
  JPEG("image/jpeg", "FFD8FF"),
  /** PNG, and the default image of an animated PNG. */
  PNG("image/png", "89504E47"),
  /** GIF; the first frame. */
  GIF("image/gif", "47494638"),
  /** Windows bitmap. */
  BMP("image/bmp", "424D"),
  /** TIFF of either byte order; the first page. */
  TIFF("image/tiff", "49492A00", "4D4D002A"),
  /** WebP, lossy or lossless; the first frame. */
  WEBP("image/webp", "52494646........57454250");

  private final String mediaType;
  private final String signature;
  private final String otherSignature;

  ImageFormat(String mediaType, String signature) {
    this(mediaType, signature, signature);
  }

  ImageFormat(String mediaType, String signature, String otherSignature) {
    this.mediaType = mediaType;
    this.signature = signature;
    this.otherSignature = otherSignature;
  }

  /** The format of these bytes, whatever their file is called; empty for any other. */
  public static Optional<ImageFormat> of(byte[] bytes) {
    for (ImageFormat format : values()) {
      if (matches(bytes, format.signature) || matches(bytes, format.otherSignature)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The media type, such as image/png. */
  public String mediaType() {
    return mediaType;
  }

  private static boolean matches(byte[] bytes, String signature) {
    if (bytes.length < signature.length() / 2) {
      return false;
    }
    for (int i = 0; i < signature.length(); i += 2) {
      if (signature.charAt(i) != '.'
          && (bytes[i / 2] & 0xFF) != Integer.parseInt(signature, i, i + 2, 16)) {
        return false;
      }
    }
    return true;
  }
}
