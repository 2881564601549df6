package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.model.BundledImages;
import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.trainer.data.DataSource;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Splits;
import io.nirvanastreams.trainer.data.UnusableDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the demo works on: labelled images of the known classes to train on, and frames of all
 * classes, never trained on, for the cameras. Immutable.
 *
 * @param training images of the known classes only; their classes are the model's classes in vertex
 *     order
 * @param frames what the cameras send, in order
 * @param heldOut the classes that only the frames show
 * @param source where the data came from, for people
 */
record DemoData(ImageSet training, List<Frame> frames, List<String> heldOut, String source) {
  /** Fixed before the product was built, not chosen by results. */
  static final List<String> DEFAULT_HOLD_OUT = List.of("Trouser", "Dress", "Shirt", "Bag");

  private static final float JPEG_QUALITY = 0.95f;
  private static final double STREAM_SHARE = 0.4;

  /**
   * Opens what the settings name.
   *
   * @param work a folder that the bundled files may be unpacked into
   * @throws UsageException when the user's folder or a held-out class is not there
   */
  static DemoData open(DemoSettings settings, Path work) throws IOException {
    try {
      if (settings.data() == null) {
        DataSource bundled = DataSource.open(BundledImages.unpack(work), null);
        List<String> heldOut = settings.holdOut().isEmpty() ? DEFAULT_HOLD_OUT : settings.holdOut();
        return of(bundled.train(), bundled.test(), heldOut, settings.seed(), "Fashion-MNIST");
      }
      DataSource own = DataSource.open(settings.data(), null);
      List<String> heldOut =
          settings.holdOut().isEmpty() ? lastClasses(own.train()) : settings.holdOut();
      String source = own.format() + " in " + settings.data();
      if (own.test().size() > 0) {
        return of(own.train(), own.test(), heldOut, settings.seed(), source);
      }
      Splits cut = Splits.of(own.train(), STREAM_SHARE, 0, settings.seed());
      return of(cut.train(), cut.validation(), heldOut, settings.seed(), source);
    } catch (UnusableDataException | IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** The last fifth of the classes, at least two. */
  private static List<String> lastClasses(ImageSet images) {
    int count = images.classes().size();
    return images.classes().subList(Math.max(0, count - Math.max(2, count / 5)), count);
  }

  /**
   * Splits data into what is trained on and what is streamed.
   *
   * @param train labelled images of all classes; only those of the known classes are kept
   * @param stream labelled images of all classes, disjoint from {@code train}
   * @throws IllegalArgumentException when a held-out class is not there, or fewer than two classes
   *     remain known
   */
  static DemoData of(
      ImageSet train, ImageSet stream, List<String> heldOut, long seed, String source) {
    for (String name : heldOut) {
      if (!train.classes().contains(name)) {
        throw new IllegalArgumentException(
            "--hold-out names the class '"
                + name
                + "', which the data has not; its classes are "
                + String.join(", ", train.classes()));
      }
    }
    List<String> known = train.classes().stream().filter(name -> !heldOut.contains(name)).toList();
    if (known.size() < 2) {
      throw new IllegalArgumentException(
          "at least two classes must stay known; --hold-out leaves " + known);
    }
    return new DemoData(train.ofClasses(known), frames(stream, seed), List.copyOf(heldOut), source);
  }

  private static List<Frame> frames(ImageSet stream, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    List<Frame> frames = new ArrayList<>(stream.size());
    for (int index : order) {
      String truth = stream.classes().get(stream.label(index));
      // Frames take turns, so with an even number of cameras each sends one format.
      frames.add(
          frames.size() % 2 == 0
              ? new Frame(
                  truth, "image/png", ImageEncoder.png(stream.pixels(index), stream.shape()))
              : new Frame(
                  truth,
                  "image/jpeg",
                  ImageEncoder.jpeg(stream.pixels(index), stream.shape(), JPEG_QUALITY)));
    }
    return frames;
  }
}
