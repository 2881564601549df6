package io.nirvanastreams.benchmarks.micro;

import io.nirvanastreams.embedding.Embedding;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.embedding.model.ModelSpec;
import io.nirvanastreams.openset.calibration.OpenSetCalibration;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.model.ModelChooser;
import io.nirvanastreams.processor.model.Network;
import io.nirvanastreams.processor.model.ServingModel;
import io.nirvanastreams.schemas.ImageEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the scheduler costs an image, where decoding and network cost nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SchedulerBenchmark {
  private static final int POLL = 128;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private InferenceScheduler scheduler;
  private List<InferenceRequest> poll;

  /** Starts a scheduler. */
  @Setup
  public void start() {
    OpenSetCalibration calibration = Vectors.calibration("raw");
    ModelSpec spec =
        new ModelSpec(
            "none",
            1,
            "classifier32",
            Map.of(),
            new InputShape(1, 1, 1),
            calibration.labels(),
            Vectors.DIMENSION,
            16);
    Embedding embedding = new Embedding(spec.centres()[0], spec.centres()[0]);
    CompletableFuture<ServingModel> model =
        CompletableFuture.completedFuture(
            new ServingModel(spec, "none", spec.centres(), calibration, new NoNetwork(embedding)));
    byte[] pixels = new byte[1];
    scheduler =
        new InferenceScheduler(
            new BatchSettings(64, 1024, 2),
            new OneModel(model),
            (event, shape) -> pixels,
            new Counters());
    poll =
        Collections.nCopies(
            POLL, new InferenceRequest(ImageEvent.newBuilder().build(), System.nanoTime()));
  }

  /** Ends it. */
  @TearDown
  public void stop() {
    scheduler.close();
  }

  /** The images of a poll, from submission to the last answer. */
  @Benchmark
  @OperationsPerInvocation(POLL)
  public Inference poll() {
    Inference last = null;
    for (CompletableFuture<Inference> future : scheduler.submit(poll, PATIENCE)) {
      last = future.join();
    }
    return last;
  }

  private record OneModel(CompletableFuture<ServingModel> model) implements ModelChooser {
    @Override
    public CompletableFuture<ServingModel> choose(String sourceId, long recordTime) {
      if (!model.join().retain()) {
        throw new IllegalStateException("closed");
      }
      return model;
    }

    @Override
    public void used(ServingModel used, double pauseMillis) {}
  }

  private record NoNetwork(Embedding embedding) implements Network {
    @Override
    public List<Embedding> embed(List<byte[]> pixels) {
      return Collections.nCopies(pixels.size(), embedding);
    }

    @Override
    public void close() {}
  }
}
