package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.model.InputShape;

/** Puts other values in the place of values, wherever in the image they are. Stateless. */
final class Levels {
  private static final int COUNT = 256;

  private Levels() {}

  /** Keeps the upper bits of every value only. */
  static byte[] posterize(byte[] pixels, int bits) {
    int kept = 0xff << (8 - bits);
    byte[] changed = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      changed[i] = (byte) (pixels[i] & kept);
    }
    return changed;
  }

  /** Inverts the values that are not below a threshold. */
  static byte[] solarize(byte[] pixels, double threshold) {
    byte[] changed = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int value = pixels[i] & 0xff;
      changed[i] = (byte) (value >= threshold ? 255 - value : value);
    }
    return changed;
  }

  /** Stretches every channel to the whole range; a channel of one value stays. */
  static byte[] autoContrast(byte[] pixels, InputShape shape) {
    byte[] changed = pixels.clone();
    for (int channel = 0; channel < shape.channels(); channel++) {
      int[] histogram = histogram(pixels, shape, channel);
      int least = 0;
      while (histogram[least] == 0) {
        least++;
      }
      int most = COUNT - 1;
      while (histogram[most] == 0) {
        most--;
      }
      if (least < most) {
        int[] table = new int[COUNT];
        for (int value = least; value <= most; value++) {
          table[value] = (int) Math.round(255.0 * (value - least) / (most - least));
        }
        replace(changed, shape, channel, table);
      }
    }
    return changed;
  }

  /**
   * Makes all values of a channel about equally frequent, by the table that the Python Imaging
   * Library made the custom.
   */
  static byte[] equalize(byte[] pixels, InputShape shape) {
    byte[] changed = pixels.clone();
    for (int channel = 0; channel < shape.channels(); channel++) {
      int[] histogram = histogram(pixels, shape, channel);
      int most = COUNT - 1;
      while (histogram[most] == 0) {
        most--;
      }
      int step = (shape.width() * shape.height() - histogram[most]) / 255;
      if (step > 0) {
        int[] table = new int[COUNT];
        int below = step / 2;
        for (int value = 0; value < COUNT; value++) {
          table[value] = Math.min(255, below / step);
          below += histogram[value];
        }
        replace(changed, shape, channel, table);
      }
    }
    return changed;
  }

  private static int[] histogram(byte[] pixels, InputShape shape, int channel) {
    int[] histogram = new int[COUNT];
    for (int i = channel; i < pixels.length; i += shape.channels()) {
      histogram[pixels[i] & 0xff]++;
    }
    return histogram;
  }

  private static void replace(byte[] pixels, InputShape shape, int channel, int[] table) {
    for (int i = channel; i < pixels.length; i += shape.channels()) {
      pixels[i] = (byte) table[pixels[i] & 0xff];
    }
  }
}
