package io.nirvanastreams.processor.batch;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.batch.Inference.Embedded;
import io.nirvanastreams.processor.batch.Inference.Times;
import io.nirvanastreams.processor.batch.Inference.Undecodable;
import io.nirvanastreams.processor.batch.Job.Decoded;
import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.ServedBy;
import io.nirvanastreams.processor.model.ServingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Runs batches through their networks, for the scheduler's one device thread. A batch that fails is
 * halved until the image that the network fails on stands alone.
 */
final class Forward {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ModelChooser models;
  private final Counters counters;
  private final BiConsumer<Job, Inference> finish;
  private final BiConsumer<Job, RuntimeException> fail;
  private long lastEnd = System.nanoTime();

  Forward(
      ModelChooser models,
      Counters counters,
      BiConsumer<Job, Inference> finish,
      BiConsumer<Job, RuntimeException> fail) {
    this.models = models;
    this.counters = counters;
    this.finish = finish;
    this.fail = fail;
  }

  /** A job with its pixels. */
  private record Ready(Job job, Decoded decoded) {}

  /** Answers all jobs of a batch; all have the same model. */
  void run(List<Job> batch) {
    ServingModel model = batch.get(0).model();
    ServedBy servedBy = model.servedBy();
    List<Ready> ready = new ArrayList<>(batch.size());
    for (Job job : batch) {
      Decoded decoded = job.decoded();
      counters.decoded(decoded.micros());
      if (decoded.pixels() == null) {
        undecodable(new Ready(job, decoded), decoded.reason(), servedBy, 0, 0);
      } else {
        ready.add(new Ready(job, decoded));
      }
    }
    if (ready.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    // Time without images is not a pause: count from when the oldest of them was there.
    models.used(
        model, (start - Math.max(lastEnd, batch.get(0).submittedNanos())) / NANOS_PER_MILLI);
    embed(model, servedBy, ready);
    lastEnd = System.nanoTime();
  }

  private void embed(ServingModel model, ServedBy servedBy, List<Ready> ready) {
    long start = System.nanoTime();
    List<Embedding> embeddings;
    try {
      embeddings = model.embed(ready.stream().map(one -> one.decoded().pixels()).toList());
      if (embeddings.size() != ready.size()) {
        throw new IllegalStateException(
            ready.size() + " images gave " + embeddings.size() + " embeddings");
      }
    } catch (RuntimeException e) {
      split(model, servedBy, ready, e);
      return;
    }
    long nanos = System.nanoTime() - start;
    counters.forwarded(ready.size(), InferenceScheduler.micros(nanos));
    for (int i = 0; i < ready.size(); i++) {
      Ready one = ready.get(i);
      Embedding embedding = embeddings.get(i);
      if (finite(embedding.feature()) && finite(embedding.representation())) {
        Times times = times(one, start, nanos, ready.size());
        finish.accept(one.job(), new Embedded(embedding, servedBy, times));
      } else {
        undecodable(one, "the network gave no numbers for it", servedBy, nanos, ready.size());
      }
    }
  }

  private void split(
      ServingModel model, ServedBy servedBy, List<Ready> ready, RuntimeException failure) {
    if (ready.size() > 1) {
      int half = ready.size() / 2;
      embed(model, servedBy, ready.subList(0, half));
      embed(model, servedBy, ready.subList(half, ready.size()));
      return;
    }
    Ready culprit = ready.get(0);
    // A broken device fails on every image: a black one tells the two apart.
    try {
      var unused = model.embed(List.of(new byte[culprit.decoded().pixels().length]));
    } catch (RuntimeException broken) {
      fail.accept(
          culprit.job(), new InferenceUnavailableException("the network fails on all", failure));
      return;
    }
    undecodable(culprit, "the network failed on it: " + failure.getMessage(), servedBy, 0, 1);
  }

  private void undecodable(
      Ready one, String reason, ServedBy servedBy, long forwardNanos, int batchSize) {
    Times times = times(one, System.nanoTime(), forwardNanos, batchSize);
    finish.accept(one.job(), new Undecodable(reason, servedBy, times));
  }

  private static Times times(Ready one, long start, long forwardNanos, int batchSize) {
    return new Times(
        one.decoded().micros(),
        InferenceScheduler.micros(start - one.job().submittedNanos()),
        InferenceScheduler.micros(forwardNanos),
        batchSize);
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
