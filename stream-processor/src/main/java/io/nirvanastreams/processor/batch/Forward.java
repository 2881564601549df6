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
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches through their networks, for the scheduler's one device thread. A batch that fails,
 * by an exception or an error of any kind, is halved until the image that the network fails on
 * stands alone; an image without a number in its embedding is tried alone as well.
 */
final class Forward {
  private static final Logger LOG = LoggerFactory.getLogger(Forward.class);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String NO_NUMBERS = "the network gave no numbers for it";

  private final ModelChooser models;
  private final Counters counters;
  private final BiConsumer<Job, Inference> finish;
  private final BiConsumer<Job, RuntimeException> fail;
  private long lastEnd = System.nanoTime();
  private int toldTooLarge = Integer.MAX_VALUE;

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
      try {
        Decoded decoded = job.decoded();
        counters.decoded(decoded.micros());
        if (decoded.pixels() == null) {
          undecodable(new Ready(job, decoded), decoded.reason(), servedBy, 0, 0);
        } else {
          ready.add(new Ready(job, decoded));
        }
      } catch (CompletionException e) {
        fail.accept(
            job,
            e.getCause() instanceof InferenceUnavailableException unavailable
                ? unavailable
                : new InferenceUnavailableException("decoding failed", e.getCause()));
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
      embeddings = embeddings(model, ready.stream().map(one -> one.decoded().pixels()).toList());
    } catch (RuntimeException | Error e) {
      // A device without memory says so by either; what else native code does to the JVM likewise.
      split(model, servedBy, ready, e);
      return;
    }
    long nanos = System.nanoTime() - start;
    counters.forwarded(ready.size(), InferenceScheduler.micros(nanos));
    List<Ready> withoutNumbers = new ArrayList<>();
    for (int i = 0; i < ready.size(); i++) {
      Ready one = ready.get(i);
      Embedding embedding = embeddings.get(i);
      if (finite(embedding)) {
        Times times = times(one, start, nanos, ready.size());
        counters.waited(times.queueMicros());
        finish.accept(one.job(), new Embedded(embedding, servedBy, times));
      } else {
        withoutNumbers.add(one);
      }
    }
    if (withoutNumbers.size() == 1 && ready.size() == 1) {
      alone(model, servedBy, ready.get(0), NO_NUMBERS, null);
    } else {
      // Its neighbours in the batch may have spoilt it.
      withoutNumbers.forEach(one -> embed(model, servedBy, List.of(one)));
    }
  }

  private void split(ServingModel model, ServedBy servedBy, List<Ready> ready, Throwable failure) {
    if (ready.size() > 1) {
      tellTooLarge(ready.size(), failure);
      int half = ready.size() / 2;
      embed(model, servedBy, ready.subList(0, half));
      embed(model, servedBy, ready.subList(half, ready.size()));
      return;
    }
    String reason = "the network failed on it: " + failure.getMessage();
    alone(model, servedBy, ready.get(0), reason, failure);
  }

  /** A broken device fails on every image: a black one tells the two apart. */
  private void alone(
      ServingModel model, ServedBy servedBy, Ready culprit, String reason, Throwable failure) {
    boolean works;
    try {
      byte[] black = new byte[culprit.decoded().pixels().length];
      works = finite(embeddings(model, List.of(black)).get(0));
    } catch (RuntimeException | Error broken) {
      works = false;
    }
    if (works) {
      undecodable(culprit, reason, servedBy, 0, 1);
    } else {
      fail.accept(
          culprit.job(), new InferenceUnavailableException("the network fails on all", failure));
    }
  }

  private static List<Embedding> embeddings(ServingModel model, List<byte[]> pixels) {
    List<Embedding> embeddings = model.embed(pixels);
    if (embeddings.size() != pixels.size()) {
      throw new IllegalStateException(
          pixels.size() + " images gave " + embeddings.size() + " embeddings");
    }
    return embeddings;
  }

  /** Says once for a size that it does not fit. */
  private void tellTooLarge(int size, Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean memory = failure instanceof OutOfMemoryError || message.contains("out of memory");
    if (memory && size < toldTooLarge) {
      toldTooLarge = size;
      LOG.warn(
          "A batch of {} does not fit into the device's memory and is halved each time; lower the"
              + " bound with 'nirvana processor set --max-batch {}'",
          size,
          size / 2);
    }
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

  private static boolean finite(Embedding embedding) {
    return finite(embedding.feature()) && finite(embedding.representation());
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
