package io.nirvanastreams.trainer.augment;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.Random;

/**
 * So many operations on an image, drawn from fourteen, all of one magnitude: Cubuk, Zoph, Shlens,
 * Le, "RandAugment: Practical automated data augmentation with a reduced search space" (2020), with
 * the operations and their ranges as torchvision has them. Immutable; {@link #apply} is safe for
 * any thread with a generator of its own.
 *
 * @param operations how many are applied one after the other; 0 turns it off
 * @param magnitude how strong they are, 0 to 30
 */
public record RandAugment(int operations, int magnitude) {
  /** No operation. */
  public static final RandAugment NONE = new RandAugment(0, 0);

  private static final int MOST_OPERATIONS = 14;
  private static final int MOST_MAGNITUDE = 30;
  private static final Operation[] ALL = Operation.values();

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public RandAugment {
    if (operations < 0 || operations > MOST_OPERATIONS) {
      throw new IllegalArgumentException(
          operations + " operations of RandAugment; give 0 to " + MOST_OPERATIONS);
    }
    if (magnitude < 0 || magnitude > MOST_MAGNITUDE) {
      throw new IllegalArgumentException(
          "A magnitude of RandAugment of " + magnitude + "; give 0 to " + MOST_MAGNITUDE);
    }
  }

  /**
   * Reads what {@link #toString} writes: {@code 2,9} for two operations of magnitude nine, or
   * {@code none}.
   *
   * @throws IllegalArgumentException for another text
   */
  public static RandAugment parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    if (!text.matches("\\d{1,3},\\d{1,3}")) {
      throw new IllegalArgumentException(
          "RandAugment is '" + text + "'; write none, or operations and magnitude such as 2,9");
    }
    int comma = text.indexOf(',');
    return new RandAugment(
        Integer.parseInt(text, 0, comma, 10), Integer.parseInt(text, comma + 1, text.length(), 10));
  }

  /** A changed image; the given array itself when nothing changed it. */
  public byte[] apply(byte[] pixels, InputShape shape, Random random) {
    byte[] changed = pixels;
    for (int i = 0; i < operations; i++) {
      Operation operation = ALL[random.nextInt(ALL.length)];
      double strength = (double) magnitude / MOST_MAGNITUDE;
      changed = operation.apply(changed, shape, random.nextBoolean() ? -strength : strength);
    }
    return changed;
  }

  @Override
  public String toString() {
    return operations == 0 ? "none" : operations + "," + magnitude;
  }
}
