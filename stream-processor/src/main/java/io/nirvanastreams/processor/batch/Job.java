package io.nirvanastreams.processor.batch;

import io.nirvanastreams.processor.model.ServingModel;
import java.util.concurrent.CompletableFuture;

/** One submitted image on its way through the scheduler; the model is leased until it is done. */
final class Job {
  private final InferenceRequest request;
  private final CompletableFuture<Inference> result = new CompletableFuture<>();
  private final long submittedNanos = System.nanoTime();
  private ServingModel model;
  private CompletableFuture<Decoded> pixels;

  Job(InferenceRequest request) {
    this.request = request;
  }

  /**
   * Pixels, or why there are none.
   *
   * @param pixels null when the image is undecodable
   * @param reason null when it is not
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
  record Decoded(byte[] pixels, String reason, long micros) {}

  InferenceRequest request() {
    return request;
  }

  CompletableFuture<Inference> result() {
    return result;
  }

  long submittedNanos() {
    return submittedNanos;
  }

  /** Called once, before the job is queued. */
  void assign(ServingModel chosen, CompletableFuture<Decoded> decoding) {
    model = chosen;
    pixels = decoding;
  }

  ServingModel model() {
    return model;
  }

  /** Waits for the decoding. */
  Decoded decoded() {
    return pixels.join();
  }
}
