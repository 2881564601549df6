package io.nirvanastreams.trainer.train;

import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.trainer.augment.ImageAugmentation;
import io.nirvanastreams.trainer.augment.Mixing;
import io.nirvanastreams.trainer.data.Backgrounds;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.data.Shuffle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Cuts the training images into batches: shuffled, augmented, with background images. Everything
 * random is drawn in Java and depends on the seed, the epoch's number and the position in the epoch
 * only. So a resumed run sees what the uninterrupted one would have seen, and any number of threads
 * makes the same bytes. Safe for any thread.
 */
final class Batches {
  private static final int MOST_THREADS = 8;

  private final Recipe recipe;
  private final ImageAugmentation augmentation;
  private final Mixing mixing;
  private final ImageSet train;
  private final ImageSet given;
  private final long seed;
  private final int size;
  private final int threads;

  Batches(TrainingTask task) {
    this(task, threads(task));
  }

  /**
   * Batches of a task.
   *
   * @param threads that make them; with 0 it is done by who asks for them
   */
  Batches(TrainingTask task, int threads) {
    recipe = task.recipe();
    augmentation = recipe.augmentation().ofImages();
    mixing = recipe.augmentation().ofBatches();
    train = task.train();
    given = task.background();
    seed = task.seed();
    size = Math.min(recipe.batchSize(), train.size());
    this.threads = threads;
  }

  /** On a CPU one, since the network needs the processors; beside a GPU those of the task. */
  private static int threads(TrainingTask task) {
    return task.device().equals("cpu") ? 1 : Math.min(MOST_THREADS, task.threads());
  }

  /** Steps in an epoch. The rest that fills no batch is left out; each epoch it is another one. */
  int count() {
    return train.size() / size;
  }

  /** Known images in every batch. */
  int size() {
    return size;
  }

  /** The batches of an epoch, some of which are made ahead. To be closed. */
  BatchStream epoch(int number) {
    long epochSeed = Shuffle.seed(seed, number);
    int[] order = IntStream.range(0, train.size()).toArray();
    Shuffle.shuffle(order, new Random(epochSeed));
    return new BatchStream(count(), batch -> batch(order, batch, new Draws(epochSeed)), threads);
  }

  /** The generators of an epoch, one for each thing that is made and for nothing else. */
  private record Draws(long epochSeed) {
    private static final int KINDS = 3;

    Random known(int position) {
      return new Random(Shuffle.seed(epochSeed, (long) KINDS * position));
    }

    Random background(int position) {
      return new Random(Shuffle.seed(epochSeed, (long) KINDS * position + 1));
    }

    Random mixing(int batch) {
      return new Random(Shuffle.seed(epochSeed, (long) KINDS * batch + 2));
    }
  }

  private Batch batch(int[] order, int number, Draws draws) {
    InputShape shape = train.shape();
    int count =
        recipe.background().kind() == BackgroundSettings.Kind.NONE
            ? 0
            : (int) Math.round(size * recipe.background().share());
    List<byte[]> known = new ArrayList<>();
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      int position = number * size + i;
      labels[i] = train.label(order[position]);
      byte[] pixels = train.pixels(order[position]);
      known.add(augmentation.apply(pixels, shape, draws.known(position)));
    }
    List<byte[]> background = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      background.add(background(known, i % size, draws.background(number * count + i)));
    }
    int[] secondLabels = null;
    double weight = 1;
    if (mixing.isOn()) {
      Mixing.Mixed mixed = mixing.apply(known, labels, shape, draws.mixing(number));
      known = mixed.images();
      secondLabels = mixed.secondLabels();
      weight = mixed.weight();
    }
    List<byte[]> images = new ArrayList<>(known);
    images.addAll(background);
    return new Batch(images, labels, secondLabels, weight, vertices(labels, count));
  }

  private byte[] background(List<byte[]> known, int index, Random random) {
    InputShape shape = train.shape();
    byte[] image = known.get(index);
    return switch (recipe.background().kind()) {
      case ROTATED -> Backgrounds.rotated(image, shape, random);
      case MIXED -> Backgrounds.mixed(image, known.get(random.nextInt(size)), shape, random);
      case GIVEN -> augmentation.apply(given.pixels(random.nextInt(given.size())), shape, random);
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
