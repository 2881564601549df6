package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.train.FeatureShift;
import java.io.IOException;

/**
 * Leads of the old classes over those that a version was trained to add, measured on images that
 * are embedded once: a lead only moves the features. Immutable.
 *
 * @param <T> what one training gives
 */
public final class MeasuredLeads<T> implements ForgettingLimit.Leads<T> {
  private final boolean[] before;
  private final Features after;
  private final ModelSpec spec;
  private final int oldClasses;
  private final double trained;
  private final Version<T> version;

  /** Makes a version with a lead. */
  @FunctionalInterface
  public interface Version<T> {
    /** The version with the lead in its weights, measured. */
    LearningAttempt<T> with(double lead) throws IOException, BadModelException;
  }

  /**
   * Embeds the images.
   *
   * @param parent of the version
   * @param trained version as it was trained
   * @param lead that it was trained with
   * @param old images of the parent's classes to measure by, in vertex order
   */
  public MeasuredLeads(
      Embedder parent, Embedder trained, double lead, ImageSet old, Version<T> version) {
    this.before = Forgetting.right(parent, old);
    this.after = Features.of(trained, old);
    this.spec = trained.spec();
    this.oldClasses = parent.spec().classes().size();
    this.trained = lead;
    this.version = version;
  }

  @Override
  public Forgetting forgetting(double lead) {
    float[] shift = FeatureShift.vector(spec, oldClasses, lead - trained);
    float[][] moved = new float[after.size()][];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = after.features()[i].clone();
      for (int d = 0; d < shift.length; d++) {
        moved[i][d] += shift[d];
      }
    }
    Features led = new Features(after.classes(), moved, after.representations(), after.labels());
    return Forgetting.between(before, Forgetting.right(led, spec.centres()));
  }

  @Override
  public LearningAttempt<T> with(double lead) throws IOException, BadModelException {
    return version.with(lead);
  }
}
