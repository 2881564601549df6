package io.nirvanastreams.trainer.evaluate;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.openset.score.KnownImages;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.picture.LabelledPoints;
import io.nirvanastreams.trainer.train.TrainedModel;
import java.util.List;

/**
 * What a model makes of a set of images, taken once and used by every score. Rows are shared and
 * must not be written to.
 *
 * @param classes names that the labels index; of unknown images too
 * @param features one row of D values an image
 * @param representations one row an image
 * @param labels one index into {@code classes} an image
 */
@SuppressWarnings("ArrayRecordComponent")
public record Features(
    List<String> classes, float[][] features, float[][] representations, int[] labels) {

  /** Checks the lengths. */
  public Features {
    classes = List.copyOf(classes);
    if (features.length != labels.length || representations.length != labels.length) {
      throw new IllegalArgumentException(
          "%d features, %d representations, %d labels"
              .formatted(features.length, representations.length, labels.length));
    }
  }

  /**
   * Embeds a set.
   *
   * @throws IllegalArgumentException when the images are not of the model's shape
   */
  public static Features of(Embedder embedder, ImageSet images) {
    List<Embedding> embeddings = embedder.embed(images.pixels());
    return new Features(
        images.classes(),
        embeddings.stream().map(Embedding::feature).toArray(float[][]::new),
        embeddings.stream().map(Embedding::representation).toArray(float[][]::new),
        images.labels());
  }

  /**
   * Embeds sets with a model that has just been trained, through the same code as images of a
   * stream, with the normalisation folded into the layers.
   */
  public static List<Features> of(TrainedModel model, List<ImageSet> sets) {
    try (Embedder embedder = Embedder.load(model.spec(), model.weights(), EmbedderOptions.cpu())) {
      return sets.stream().map(set -> of(embedder, set)).toList();
    } catch (BadModelException e) {
      throw new IllegalStateException("The trained model cannot be loaded", e);
    }
  }

  /** None of these classes. */
  public static Features none(List<String> classes) {
    return new Features(classes, new float[0][], new float[0][], new int[0]);
  }

  /** As scores are fitted to them. */
  public KnownImages known() {
    return new KnownImages(features, representations, labels, classes.size());
  }

  /** The features as pictures take them. */
  public LabelledPoints points() {
    return new LabelledPoints(classes, features, labels);
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }

  /** The images at these positions, in this order. */
  public Features subset(int[] indices) {
    float[][] chosen = new float[indices.length][];
    float[][] chosenRepresentations = new float[indices.length][];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = features[indices[i]];
      chosenRepresentations[i] = representations[indices[i]];
      chosenLabels[i] = labels[indices[i]];
    }
    return new Features(classes, chosen, chosenRepresentations, chosenLabels);
  }
}
