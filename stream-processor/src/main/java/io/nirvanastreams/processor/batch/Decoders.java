package io.nirvanastreams.processor.batch;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.Job.Decoded;
import io.nirvanastreams.processor.model.ServingModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of threads that decode images beside the network. What an image drives a decoder
 * to is that image's fault, whatever it is; a decoder that is not installed rightly is nobody's,
 * and its images are tried again. Safe for any thread.
 */
final class Decoders implements AutoCloseable {
  private final PixelSource pixels;
  private final ExecutorService threads;
  private final Lock alone = new ReentrantLock();

  Decoders(int count, PixelSource pixels) {
    this.pixels = pixels;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "image-decoder-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Decodes an image for a model, soon.
   *
   * @throws RejectedExecutionException after {@link #close}
   */
  CompletableFuture<Decoded> decode(InferenceRequest request, ServingModel model) {
    return CompletableFuture.supplyAsync(() -> now(request, model), threads);
  }

  /** Ends the threads once they have decoded what they were given. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private Decoded now(InferenceRequest request, ServingModel model) {
    long start = System.nanoTime();
    byte[] decoded = null;
    String reason = null;
    try {
      decoded = patiently(request, model);
    } catch (UndecodableImageException e) {
      reason = String.valueOf(e.getMessage());
    } catch (InferenceUnavailableException e) {
      throw e; // the place of a reference does not answer: that is not the image's fault
    } catch (LinkageError e) {
      throw new InferenceUnavailableException("the image decoder is not installed rightly", e);
    } catch (RuntimeException | Error e) {
      // Decoders of foreign formats throw whatever bytes drive them to, errors of native code too.
      reason = "the decoder failed: " + e;
    }
    return new Decoded(decoded, reason, InferenceScheduler.micros(System.nanoTime() - start));
  }

  /** Memory may have run out by other images: the second try has it for itself. */
  private byte[] patiently(InferenceRequest request, ServingModel model)
      throws UndecodableImageException {
    try {
      return pixels.pixels(request, model.spec().input());
    } catch (OutOfMemoryError e) {
      alone.lock();
      try {
        return pixels.pixels(request, model.spec().input());
      } finally {
        alone.unlock();
      }
    }
  }
}
