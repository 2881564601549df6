package io.nirvanastreams.embedding.image.header;

import java.io.EOFException;
import java.io.IOException;

/**
 * The header of a JPEG file. Where the picture comes in several scans, all of them are looked for:
 * a decoder shows one that breaks off between two scans as a coarse image, without a word.
 */
final class JpegHeader {
  /** Usual progressive files have about ten; each costs a decoder a pass over the whole image. */
  private static final int MOST_SCANS = 100;

  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int EXIF = 0xE1;

  private final ByteView file;
  private int width;
  private int height;
  private int components;
  private boolean progressive;
  private Orientation orientation = Orientation.UPRIGHT;

  private JpegHeader(byte[] encoded) {
    file = new ByteView(encoded, false);
  }

  static ImageHeader read(byte[] encoded) throws IOException {
    return new JpegHeader(encoded).walk();
  }

  private ImageHeader walk() throws IOException {
    int at = 2;
    int scans = 0;
    while (true) {
      int marker = marker(at);
      at = afterMarker(at);
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (standsAlone(marker)) {
        continue;
      }
      int length = file.u16(at);
      if (length < 2) {
        throw new IOException("a segment of " + length + " bytes");
      }
      if (marker == START_OF_SCAN) {
        if (components == 0) {
          throw new IOException("a scan before the size");
        }
        if (++scans > MOST_SCANS) {
          throw new IOException("more than " + MOST_SCANS + " scans");
        }
        file.check(at, length + 2); // with nothing behind it the decoder makes all of it grey
        if (!progressive && file.u8(at + 2) == components) {
          break; // all there is, in one scan
        }
        at = nextMarker(at + length);
      } else {
        file.check(at, length);
        segment(marker, at + 2, length - 2);
        at += length;
      }
    }
    return new ImageHeader(ImageFormat.JPEG, width, height, 1, components, orientation);
  }

  private void segment(int marker, int at, int length) throws IOException {
    if (startOfFrame(marker) && components == 0) {
      progressive = marker == 0xC2;
      height = file.u16(at + 1);
      width = file.u16(at + 3);
      components = file.u8(at + 5);
      if (components < 1) {
        throw new IOException("no colour components");
      }
    } else if (startOfFrame(marker)) {
      throw new IOException("a second size");
    } else if (marker == EXIF && file.hasText(at, "Exif\0\0")) {
      orientation = ExifOrientation.of(file.part(at, length, false));
    }
  }

  /** The marker at a place, fill bytes before it skipped. */
  private int marker(int at) throws IOException {
    if (file.u8(at) != 0xFF) {
      throw new IOException("no marker where one must be");
    }
    int next = at + 1;
    while (file.u8(next) == 0xFF) {
      next++;
    }
    return file.u8(next);
  }

  private int afterMarker(int at) throws IOException {
    int next = at + 1;
    while (file.u8(next) == 0xFF) {
      next++;
    }
    return next + 1;
  }

  /** Where the next marker stands that ends the data of a scan. */
  private int nextMarker(int from) throws IOException {
    for (int at = from; at + 1 < file.length(); at++) {
      if (file.u8(at) == 0xFF) {
        int next = file.u8(at + 1);
        if (next != 0 && next != 0xFF && !standsAlone(next)) {
          return at;
        }
      }
    }
    throw new EOFException("it breaks off between two scans");
  }

  private static boolean startOfFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }
}
