package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.model.InputShape;

/**
 * The operations of {@link RandAugment}. The strength runs from -1 to 1; those that know no
 * direction take its size. Stateless; none changes the array it is given.
 */
enum Operation {
  IDENTITY {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return pixels;
    }
  },
  SHEAR_X {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Warp.affine(pixels, shape, 1, MOST_SHEAR * strength, 0, 0, 1, 0);
    }
  },
  SHEAR_Y {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Warp.affine(pixels, shape, 1, 0, 0, MOST_SHEAR * strength, 1, 0);
    }
  },
  TRANSLATE_X {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      int by = (int) (MOST_SHIFT * shape.width() * strength);
      return Warp.affine(pixels, shape, 1, 0, -by, 0, 1, 0);
    }
  },
  TRANSLATE_Y {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      int by = (int) (MOST_SHIFT * shape.height() * strength);
      return Warp.affine(pixels, shape, 1, 0, 0, 0, 1, -by);
    }
  },
  ROTATE {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Warp.rotate(pixels, shape, MOST_DEGREES * strength);
    }
  },
  BRIGHTNESS {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Tones.brightness(pixels, 1 + MOST_CHANGE * strength);
    }
  },
  COLOUR {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Tones.colour(pixels, shape, 1 + MOST_CHANGE * strength);
    }
  },
  CONTRAST {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Tones.contrast(pixels, shape, 1 + MOST_CHANGE * strength);
    }
  },
  SHARPNESS {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Tones.sharpness(pixels, shape, 1 + MOST_CHANGE * strength);
    }
  },
  POSTERIZE {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Levels.posterize(pixels, 8 - (int) Math.rint(MOST_LOST_BITS * Math.abs(strength)));
    }
  },
  SOLARIZE {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Levels.solarize(pixels, 255 * (1 - Math.abs(strength)));
    }
  },
  AUTO_CONTRAST {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Levels.autoContrast(pixels, shape);
    }
  },
  EQUALIZE {
    @Override
    byte[] apply(byte[] pixels, InputShape shape, double strength) {
      return Levels.equalize(pixels, shape);
    }
  };

  private static final double MOST_SHEAR = 0.3;
  private static final double MOST_SHIFT = 150.0 / 331;
  private static final double MOST_DEGREES = 30;
  private static final double MOST_CHANGE = 0.9;
  private static final int MOST_LOST_BITS = 4;

  abstract byte[] apply(byte[] pixels, InputShape shape, double strength);
}
