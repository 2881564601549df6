package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.data.Augmentation;
import io.nirvanastreams.trainer.data.Backgrounds;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Shuffle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Cuts the training images into batches: shuffled, augmented, with background images. Everything
 * random depends on the seed and the epoch's number only, and is drawn in Java, so that a resumed
 * run sees what the uninterrupted one would have seen. One thread at a time.
 */
final class Batches {
  private final Recipe recipe;
  private final ImageSet train;
  private final ImageSet given;
  private final long seed;
  private final int size;

  Batches(TrainingTask task) {
    recipe = task.recipe();
    train = task.train();
    given = task.background();
    seed = task.seed();
    size = Math.min(recipe.batchSize(), train.size());
  }

  /** Steps in an epoch. The rest that fills no batch is left out; each epoch it is another one. */
  int count() {
    return train.size() / size;
  }

  /** Known images in every batch. */
  int size() {
    return size;
  }

  /** The batches of an epoch, made as they are asked for. */
  Iterable<Batch> epoch(int number) {
    Random random = new Random(Shuffle.seed(seed, number));
    int[] order = IntStream.range(0, train.size()).toArray();
    Shuffle.shuffle(order, random);
    return () ->
        IntStream.range(0, count()).mapToObj(b -> batch(order, b * size, random)).iterator();
  }

  private Batch batch(int[] order, int start, Random random) {
    List<byte[]> images = new ArrayList<>();
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = train.label(order[start + i]);
      images.add(augment(train.pixels(order[start + i]), random));
    }
    int count =
        recipe.background().kind() == BackgroundSettings.Kind.NONE
            ? 0
            : (int) Math.round(size * recipe.background().share());
    List<byte[]> known = List.copyOf(images);
    for (int i = 0; i < count; i++) {
      images.add(background(known, i % size, random));
    }
    return new Batch(images, labels, vertices(labels, count));
  }

  private byte[] augment(byte[] pixels, Random random) {
    InputShape shape = train.shape();
    byte[] changed = pixels;
    int crop = recipe.augmentation().crop();
    if (crop > 0) {
      int range = 2 * crop + 1;
      int right = random.nextInt(range) - crop;
      changed = Augmentation.shift(changed, shape, right, random.nextInt(range) - crop);
    }
    if (recipe.augmentation().flip() && random.nextBoolean()) {
      changed = Augmentation.flip(changed, shape);
    }
    return changed;
  }

  private byte[] background(List<byte[]> known, int index, Random random) {
    InputShape shape = train.shape();
    byte[] image = known.get(index);
    return switch (recipe.background().kind()) {
      case ROTATED -> Backgrounds.rotated(image, shape, random);
      case MIXED -> Backgrounds.mixed(image, known.get(random.nextInt(size)), shape, random);
      case GIVEN -> augment(given.pixels(random.nextInt(given.size())), random);
      case NONE -> throw new IllegalStateException("no background was asked for");
    };
  }

  /**
   * Vertices of turned images, counted from the far end: the near end is where classes are added.
   * Once known classes fill half of the simplex several share one, and none is left when it is
   * full.
   */
  private int[] vertices(int[] labels, int count) {
    int free = recipe.dimension() + 1 - train.classes().size();
    if (recipe.background().kind() != BackgroundSettings.Kind.ROTATED || count == 0 || free == 0) {
      return null;
    }
    return IntStream.range(0, count)
        .map(i -> recipe.dimension() - labels[i % size] % free)
        .toArray();
  }
}
