package io.nirvanastreams.app.experiment;

import io.nirvanastreams.embedding.Embedder;
import io.nirvanastreams.embedding.EmbedderOptions;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.embedding.safetensors.Tensor;
import io.nirvanastreams.openset.measure.Measures;
import io.nirvanastreams.openset.score.Evidence;
import io.nirvanastreams.trainer.data.ImageSet;
import io.nirvanastreams.trainer.evaluate.EpochMeasures;
import io.nirvanastreams.trainer.evaluate.EpochProtocols;
import io.nirvanastreams.trainer.evaluate.Features;
import io.nirvanastreams.trainer.train.Checkpoint;
import io.nirvanastreams.trainer.train.EpochResult;
import io.nirvanastreams.trainer.train.TrainingListener;
import io.nirvanastreams.trainer.train.TrainingTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures the model on the test images after every epoch, which the authors' protocol chooses by
 * and the honest one must not. Nothing of it reaches the training. The training thread only.
 */
final class EpochWatch implements TrainingListener {
  /** The measure that the authors choose by. */
  static final String AUROC = "auroc";

  private static final String ACCURACY = "accuracy";

  private final ImageSet known;
  private final ImageSet unknown;
  private final List<EpochMeasures> curve = new ArrayList<>();
  private TrainingTask task;

  /**
   * A watch.
   *
   * @param known test images of the task's classes
   * @param unknown images of other classes; may be empty
   */
  EpochWatch(ImageSet known, ImageSet unknown) {
    this.known = known;
    this.unknown = unknown;
  }

  @Override
  public void onStart(TrainingTask started, int batches) {
    task = started;
  }

  @Override
  public void onEpoch(EpochResult result, Supplier<Checkpoint> state) {
    Checkpoint checkpoint = state.get();
    Map<String, Tensor> weights =
        checkpoint.average().isEmpty() ? checkpoint.weights() : checkpoint.average();
    ModelSpec spec = task.spec();
    try (Embedder embedder = Embedder.load(spec, weights, new EmbedderOptions(task.device(), 0))) {
      curve.add(
          new EpochMeasures(
              result.epoch(), result.validationAccuracy(), measure(embedder, spec.centres())));
    } catch (BadModelException e) {
      throw new IllegalStateException("the model of an epoch cannot be loaded", e);
    }
  }

  private Map<String, Double> measure(Embedder embedder, float[][] centres) {
    Features features = Features.of(embedder, known);
    List<Evidence> evidence = evidence(features, centres);
    long right =
        IntStream.range(0, evidence.size())
            .filter(i -> evidence.get(i).nearest() == features.labels()[i])
            .count();
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(ACCURACY, (double) right / evidence.size());
    if (unknown.size() > 0) {
      List<Evidence> others = evidence(Features.of(embedder, unknown), centres);
      measures.put(AUROC, Measures.auroc(raw(evidence), raw(others)));
    }
    return measures;
  }

  private static List<Evidence> evidence(Features features, float[][] centres) {
    return IntStream.range(0, features.size())
        .mapToObj(i -> Evidence.of(features.features()[i], features.representations()[i], centres))
        .toList();
  }

  /** The score of the paper: minus the distance to the nearest centre. */
  private static double[] raw(List<Evidence> images) {
    return images.stream().mapToDouble(one -> -one.squaredDistances()[one.nearest()]).toArray();
  }

  /** The run by every protocol. */
  EpochProtocols protocols() {
    return new EpochProtocols(curve);
  }

  /** The measure that the authors choose by: of the unknown where there are any. */
  String authorsMeasure() {
    return unknown.size() > 0 ? AUROC : ACCURACY;
  }
}
