package io.nirvanastreams.processor.shadow;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.batch.IdleWork;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.PixelSource;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.processor.recognise.Recognitions;
import io.nirvanastreams.processor.shadow.ComparisonBook.Comparison;
import io.nirvanastreams.processor.shadow.ComparisonBook.Versions;
import io.nirvanastreams.processor.shadow.SeenImages.Said;
import io.nirvanastreams.processor.shadow.SeenImages.Seen;
import io.nirvanastreams.processor.threshold.LiveOverrides;
import io.nirvanastreams.schemas.Evaluation;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Recognition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has candidates look at images that were answered, and compares. Nothing here is on an answer's
 * way: sampled images queue up, a few go through the candidate when the device has nothing else to
 * do, and what finds the queue full is dropped and counted. Safe for any thread.
 *
 * <p>Now and then the live version is timed on the candidate's batch as well: time per image
 * depends on the size of the batch, and only the same batch makes a fair ratio.
 */
public final class ShadowRunner implements IdleWork, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowRunner.class);

  /** An image that arrives meanwhile waits for so many at most. */
  static final int BATCH = 8;

  static final int QUEUE = 128;
  private static final int TIMED_OF = 4;

  private final ShadowModels models;
  private final PixelSource pixels;
  private final Executor decoder;
  private final LiveOverrides overrides;
  private final Counters counters;
  private final ComparisonBook book;
  private final Deque<Sample> waiting = new ArrayDeque<>();
  private boolean closed;
  private int taken;
  private long batches;

  /**
   * A runner that has seen nothing.
   *
   * @param pixels input for candidates whose shape differs from the live version's
   * @param decoder runs their decoding; neither the device's thread nor a stream thread
   * @param overrides targets of single sources and classes
   * @param modelName name of the model
   * @param instance application and instance, for the evaluations
   */
  public ShadowRunner(
      ShadowModels models,
      PixelSource pixels,
      Executor decoder,
      LiveOverrides overrides,
      String modelName,
      String instance,
      Clock clock,
      Counters counters) {
    this.models = models;
    this.pixels = pixels;
    this.decoder = decoder;
    this.overrides = overrides;
    this.counters = counters;
    this.book = new ComparisonBook(modelName, instance, clock);
  }

  /** A sampled image; both models are leased. Pixels are the candidate's input. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
  private record Sample(
      InferenceRequest request,
      byte[] pixels,
      ServingModel live,
      ServingModel candidate,
      Inference.Embedded answered) {
    Versions versions() {
      return new Versions(candidate.spec().version(), live.spec().version());
    }

    boolean sameInput() {
      return candidate.spec().input().equals(live.spec().input());
    }

    void release() {
      candidate.release();
      live.release();
    }
  }

  @Override
  public void answered(
      InferenceRequest request, byte[] livePixels, ServingModel live, Inference.Embedded answered) {
    ServingModel candidate = models.shadow(request.event().getEventId(), request.recordTime());
    if (candidate == null) {
      return;
    }
    if (candidate == live || !live.retain()) {
      candidate.release();
      return;
    }
    Sample sample = new Sample(request, livePixels, live, candidate, answered);
    synchronized (this) {
      if (closed) {
        sample.release();
        return;
      }
      if (taken == QUEUE) {
        book.dropped(sample.versions());
        counters.shadowDropped();
        sample.release();
        return;
      }
      taken++;
      if (sample.sameInput()) {
        waiting.add(sample);
        return;
      }
    }
    decoder.execute(() -> decode(sample));
  }

  @Override
  public boolean step() {
    List<Sample> batch = take();
    if (batch.isEmpty()) {
      return false;
    }
    try {
      look(batch);
    } catch (RuntimeException | Error e) { // whatever a candidate does, answers go on
      LOG.warn("A candidate failed on {} images", batch.size(), e);
      book.failed(batch.get(0).versions(), batch.size());
    } finally {
      done(batch);
    }
    return true;
  }

  /** A record of the labels topic. */
  public void label(String eventId, LabelAssigned label) {
    book.label(eventId, label);
  }

  /** What was compared since the last call. */
  public List<Evaluation> drain() {
    return book.drain();
  }

  /** Gives back the models of the images that wait. */
  @Override
  public synchronized void close() {
    closed = true;
    done(List.copyOf(waiting));
    waiting.clear();
  }

  private void decode(Sample sample) {
    try {
      byte[] own = pixels.pixels(sample.request().event(), sample.candidate().spec().input());
      synchronized (this) {
        if (closed) {
          done(List.of(sample));
          return;
        }
        waiting.add(
            new Sample(
                sample.request(), own, sample.live(), sample.candidate(), sample.answered()));
      }
    } catch (UndecodableImageException | RuntimeException e) {
      LOG.debug("An image was not decoded for a candidate", e);
      book.failed(sample.versions(), 1);
      done(List.of(sample));
    }
  }

  /** The oldest and those with the same models. */
  private synchronized List<Sample> take() {
    List<Sample> batch = new ArrayList<>(BATCH);
    Iterator<Sample> samples = waiting.iterator();
    while (samples.hasNext() && batch.size() < BATCH) {
      Sample sample = samples.next();
      if (batch.isEmpty() || sameModels(sample, batch.get(0))) {
        batch.add(sample);
        samples.remove();
      }
    }
    return batch;
  }

  private static boolean sameModels(Sample one, Sample other) {
    return one.candidate() == other.candidate() && one.live() == other.live();
  }

  private synchronized void done(List<Sample> batch) {
    taken -= batch.size();
    batch.forEach(Sample::release);
  }

  private void look(List<Sample> batch) {
    Sample first = batch.get(0);
    List<byte[]> inputs = batch.stream().map(Sample::pixels).toList();
    boolean timed = batches++ % TIMED_OF == 0 && first.sameInput();
    long start = System.nanoTime();
    if (timed) {
      var unused = first.live().embed(inputs);
    }
    long between = System.nanoTime();
    List<Embedding> embeddings = first.candidate().embed(inputs);
    long end = System.nanoTime();
    List<Comparison> comparisons = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      comparisons.add(compare(batch.get(i), embeddings.get(i)));
    }
    counters.shadowed(batch.size());
    book.compared(first.versions(), comparisons);
    if (timed) {
      book.timed(
          first.versions(),
          batch.size(),
          TimeUnit.NANOSECONDS.toMicros(between - start),
          TimeUnit.NANOSECONDS.toMicros(end - between));
    }
  }

  private Comparison compare(Sample sample, Embedding embedding) {
    ImageEvent event = sample.request().event();
    long recordTime = sample.request().recordTime();
    Inference.Embedded candidate =
        new Inference.Embedded(embedding, sample.candidate().servedBy(), sample.answered().times());
    Recognition byLive =
        Recognitions.of(event, sample.answered(), overrides, recordTime, Instant.EPOCH);
    Recognition byCandidate =
        Recognitions.of(event, candidate, overrides, recordTime, Instant.EPOCH);
    return new Comparison(
        event.getEventId(),
        byLive,
        byCandidate,
        new Seen(
            Said.of(byLive, sample.live().spec().classes()),
            Said.of(byCandidate, sample.candidate().spec().classes())));
  }
}
