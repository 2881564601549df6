package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.Shuffle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes one image of two, which then has two labels. Mixup (Zhang et al., 2018) blends them; cutmix
 * (Yun et al., 2019) puts a rectangle of the second into the first. The share of the first is drawn
 * from Beta(alpha, alpha) once a batch, and the loss is the mean of the losses for both labels with
 * that share as weight. With both turned on each batch takes one of them. Immutable.
 *
 * @param mixup alpha of mixup; 0 turns it off
 * @param cutmix alpha of cutmix; 0 turns it off
 */
public record Mixing(double mixup, double cutmix) {
  /** Images as they are. */
  public static final Mixing NONE = new Mixing(0, 0);

  private static final double MOST_ALPHA = 100;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is outside 0 to 100
   */
  public Mixing {
    check("mixup", mixup);
    check("cutmix", cutmix);
  }

  private static void check(String name, double alpha) {
    if (!(alpha >= 0 && alpha <= MOST_ALPHA)) {
      throw new IllegalArgumentException(
          "The alpha of " + name + " is " + alpha + "; give 0 for none, or up to " + MOST_ALPHA);
    }
  }

  /** Whether it changes anything. */
  public boolean isOn() {
    return mixup > 0 || cutmix > 0;
  }

  /**
   * Images with a second label each.
   *
   * @param images the mixed ones
   * @param secondLabels of the images that were mixed into them
   * @param weight of the first labels, 0 to 1; the second ones have the rest
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives for one step and is never compared.
  public record Mixed(List<byte[]> images, int[] secondLabels, double weight) {}

  /**
   * Mixes each image of a batch with another one of it.
   *
   * @throws IllegalStateException when it is turned off
   */
  public Mixed apply(List<byte[]> images, int[] labels, InputShape shape, Random random) {
    if (!isOn()) {
      throw new IllegalStateException("neither mixup nor cutmix is on");
    }
    int[] partners = IntStream.range(0, labels.length).toArray();
    Shuffle.shuffle(partners, random);
    int[] second = IntStream.of(partners).map(i -> labels[i]).toArray();
    boolean blend = cutmix == 0 || (mixup > 0 && random.nextBoolean());
    double share = Beta.draw(blend ? mixup : cutmix, random);
    List<byte[]> mixed = new ArrayList<>();
    if (blend) {
      for (int i = 0; i < labels.length; i++) {
        mixed.add(blend(images.get(i), images.get(partners[i]), share));
      }
      return new Mixed(mixed, second, share);
    }
    Box box = Box.draw(shape, share, random);
    for (int i = 0; i < labels.length; i++) {
      mixed.add(box.paste(images.get(i), images.get(partners[i]), shape));
    }
    return new Mixed(mixed, second, 1 - (double) box.area() / (shape.width() * shape.height()));
  }

  private static byte[] blend(byte[] first, byte[] second, double share) {
    byte[] blended = new byte[first.length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = (byte) Math.round(share * (first[i] & 0xff) + (1 - share) * (second[i] & 0xff));
    }
    return blended;
  }

  /** A rectangle, cut off at the border of the image. */
  private record Box(int left, int top, int right, int bottom) {
    static Box draw(InputShape shape, double share, Random random) {
      double half = 0.5 * Math.sqrt(1 - share);
      int width = (int) (half * shape.width());
      int height = (int) (half * shape.height());
      int x = random.nextInt(shape.width());
      int y = random.nextInt(shape.height());
      return new Box(
          Math.max(0, x - width),
          Math.max(0, y - height),
          Math.min(shape.width(), x + width),
          Math.min(shape.height(), y + height));
    }

    int area() {
      return (right - left) * (bottom - top);
    }

    byte[] paste(byte[] first, byte[] second, InputShape shape) {
      byte[] pasted = first.clone();
      for (int y = top; y < bottom; y++) {
        int start = (y * shape.width() + left) * shape.channels();
        System.arraycopy(second, start, pasted, start, (right - left) * shape.channels());
      }
      return pasted;
    }
  }
}
