package io.nirvanastreams.benchmarks.micro;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.journal.DecodeJournal;
import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs an image to be written down before it is decoded, and crossed out after. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {
  private final byte[] pixels = new byte[1];
  private Path folder;
  private DecodeJournal journal;
  private InferenceRequest request;

  /** Begins a journal. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("journal");
    journal = DecodeJournal.open(folder.resolve("journal"));
    request =
        new InferenceRequest(
            ImageEvent.newBuilder()
                .setEventId("5c1e1a52-9a0f-4b6e-8d5e-0c4b2f1a7d33")
                .setSourceId("door")
                .build(),
            0,
            new InferenceRequest.Position(3, 1_234_567));
  }

  /** Removes it. */
  @TearDown
  public void close() throws IOException {
    Files.delete(folder.resolve("journal"));
    Files.delete(folder);
  }

  /** One image whose decoding costs nothing. */
  @Benchmark
  public byte[] image() throws UndecodableImageException {
    return journal.decode(request, () -> pixels);
  }
}
