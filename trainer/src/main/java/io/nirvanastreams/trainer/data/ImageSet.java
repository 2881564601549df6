package io.nirvanastreams.trainer.data;

import io.nirvanastreams.embedding.model.InputShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Labelled images of one shape. Pixels are unsigned bytes in the order height, width, channel; a
 * label is an index into the class names. Immutable as long as nobody writes into the pixel arrays,
 * which are shared and not copied: sets of tens of thousands of images are cut and joined freely.
 * Safe for any thread.
 */
public final class ImageSet {
  private final InputShape shape;
  private final List<String> classes;
  private final byte[][] pixels;
  private final int[] labels;

  /**
   * Makes a set.
   *
   * @param shape the shape of every image
   * @param classes class names, without repetition; a class may have no image
   * @param pixels one array of {@code shape.size()} bytes an image; the arrays are not copied
   * @param labels one index into {@code classes} an image
   * @throws IllegalArgumentException when counts, lengths, labels or names do not fit
   */
  public ImageSet(InputShape shape, List<String> classes, byte[][] pixels, int[] labels) {
    this.shape = shape;
    this.classes = List.copyOf(classes);
    this.pixels = pixels.clone();
    this.labels = labels.clone();
    if (new HashSet<>(classes).size() != classes.size()) {
      throw new IllegalArgumentException("A class name occurs twice: " + classes);
    }
    if (pixels.length != labels.length) {
      throw new IllegalArgumentException(
          pixels.length + " images but " + labels.length + " labels");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "Image " + i + " has label " + labels[i] + ", known are 0.." + (classes.size() - 1));
      }
      if (pixels[i].length != shape.size()) {
        throw new IllegalArgumentException(
            "Image "
                + i
                + " has "
                + pixels[i].length
                + " bytes, "
                + shape
                + " needs "
                + shape.size());
      }
    }
  }

  /** The shape of every image. */
  public InputShape shape() {
    return shape;
  }

  /** Class names; a label is an index into this list. */
  public List<String> classes() {
    return classes;
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }

  /** The pixels of an image: the set's own array, which must not be changed. */
  public byte[] pixels(int index) {
    return pixels[index];
  }

  /** All pixels in order; the arrays are the set's own and must not be changed. */
  public List<byte[]> pixels() {
    return List.of(pixels);
  }

  /** The label of an image. */
  public int label(int index) {
    return labels[index];
  }

  /** A copy of all labels. */
  public int[] labels() {
    return labels.clone();
  }

  /** How many images each class has, in the order of the classes. */
  public int[] counts() {
    int[] counts = new int[classes.size()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** The positions of the images with a label, ascending. */
  public int[] indicesOf(int label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
  }

  /** The images at these positions, in this order, with the same classes. */
  public ImageSet subset(int[] indices) {
    byte[][] chosen = new byte[indices.length][];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = pixels[indices[i]];
      chosenLabels[i] = labels[indices[i]];
    }
    return new ImageSet(shape, classes, chosen, chosenLabels);
  }

  /**
   * The images of the named classes only, with labels renumbered to the order of the names.
   *
   * @throws IllegalArgumentException for a name that is no class of this set
   */
  public ImageSet ofClasses(List<String> names) {
    for (String name : names) {
      if (!classes.contains(name)) {
        throw new IllegalArgumentException("No class '" + name + "'; there are " + classes);
      }
    }
    int[] kept =
        IntStream.range(0, labels.length)
            .filter(i -> names.contains(classes.get(labels[i])))
            .toArray();
    return subset(kept).rename(names);
  }

  /**
   * The same images under a longer or reordered list of classes, matched by name: what a model
   * needs whose vertex order is not that of the data.
   *
   * @throws IllegalArgumentException when an image's class is not in the list
   */
  public ImageSet withClasses(List<String> names) {
    int[] counts = counts();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0 && !names.contains(classes.get(c))) {
        throw new IllegalArgumentException(
            "Class '" + classes.get(c) + "' has images but is not among " + names);
      }
    }
    return rename(names);
  }

  private ImageSet rename(List<String> names) {
    int[] renumbered = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      renumbered[i] = names.indexOf(classes.get(labels[i]));
    }
    return new ImageSet(shape, names, pixels, renumbered);
  }

  /**
   * This set followed by another; classes are matched by name, new ones are appended.
   *
   * @throws IllegalArgumentException when the shapes differ
   */
  public ImageSet concat(ImageSet other) {
    if (!shape.equals(other.shape)) {
      throw new IllegalArgumentException(
          "Images of " + shape + " cannot be joined with images of " + other.shape);
    }
    List<String> names = new ArrayList<>(classes);
    names.addAll(other.classes);
    names = List.copyOf(new LinkedHashSet<>(names));
    ImageSet right = other.rename(names);
    byte[][] all = Arrays.copyOf(pixels, pixels.length + right.pixels.length);
    System.arraycopy(right.pixels, 0, all, pixels.length, right.pixels.length);
    int[] allLabels = Arrays.copyOf(labels, all.length);
    System.arraycopy(right.labels, 0, allLabels, labels.length, right.labels.length);
    return new ImageSet(shape, names, all, allLabels);
  }

  /** At most so many images of each class, chosen by seed, in their old order. */
  public ImageSet atMostPerClass(int count, long seed) {
    int[] kept =
        IntStream.range(0, classes.size())
            .flatMap(
                c -> {
                  int[] indices = indicesOf(c);
                  Shuffle.shuffle(indices, new Random(Shuffle.seed(seed, c)));
                  return Arrays.stream(indices).limit(count);
                })
            .sorted()
            .toArray();
    return subset(kept);
  }

  /**
   * The same images with those of small classes repeated until each class that has any counts as
   * many as the largest, so that a class with few images weighs as much in training. Which are
   * repeated once more than others is chosen by seed.
   */
  public ImageSet balanced(long seed) {
    int most = Arrays.stream(counts()).max().orElse(0);
    int[] repeated =
        IntStream.range(0, classes.size())
            .flatMap(
                c -> {
                  int[] indices = indicesOf(c);
                  Shuffle.shuffle(indices, new Random(Shuffle.seed(seed, c)));
                  int count = indices.length == 0 ? 0 : most;
                  return IntStream.range(0, count).map(i -> indices[i % indices.length]);
                })
            .sorted()
            .toArray();
    return subset(repeated);
  }

  /**
   * SHA-256 over shape, class names, labels and pixels, in order: equal data has an equal hash,
   * whatever file it came from.
   */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((shape + "\n" + classes + "\n").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < labels.length; i++) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(labels[i]).array());
        digest.update(pixels[i]);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
