package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Random;

/**
 * Background images made from known training images: near the data, yet of no class. Nothing but
 * what the user has goes in. Pixels are HWC unsigned bytes. Stateless; the caller's generator
 * decides.
 *
 * <p>Measured on clothes with four classes held out: turned images with vertices of their own
 * raised the AUROC of the raw score by 0.05; blended and halved ones did not raise it; images of
 * another domain lowered it.
 */
public final class Backgrounds {
  private Backgrounds() {}

  /** The image turned by a random quarter, half or three-quarter turn; oblong ones by a half. */
  public static byte[] rotated(byte[] image, InputShape shape, Random random) {
    int quarters = shape.width() == shape.height() ? 1 + random.nextInt(3) : 2;
    return Augmentation.rotate(image, shape, quarters);
  }

  /** Two images blended at 30 to 70 %, or the upper or left half of one joined to the other. */
  public static byte[] mixed(byte[] first, byte[] second, InputShape shape, Random random) {
    byte[] mixed = first.clone();
    if (random.nextBoolean()) {
      double share = 0.3 + 0.4 * random.nextDouble();
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] = (byte) Math.round(share * (first[i] & 0xff) + (1 - share) * (second[i] & 0xff));
      }
    } else if (random.nextBoolean()) {
      int half = shape.height() / 2 * shape.width() * shape.channels();
      System.arraycopy(second, 0, mixed, 0, half);
    } else {
      int row = shape.width() * shape.channels();
      int half = shape.width() / 2 * shape.channels();
      for (int start = 0; start < mixed.length; start += row) {
        System.arraycopy(second, start, mixed, start, half);
      }
    }
    return mixed;
  }
}
