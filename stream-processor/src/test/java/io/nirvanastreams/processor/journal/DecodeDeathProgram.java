package io.nirvanastreams.processor.journal;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.embedding.model.InputShape;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.processor.FakeChooser;
import io.nirvanastreams.processor.FakeNetwork;
import io.nirvanastreams.processor.Samples;
import io.nirvanastreams.processor.batch.BatchSettings;
import io.nirvanastreams.processor.batch.Inference;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.InferenceScheduler;
import io.nirvanastreams.processor.batch.PixelSource;
import io.nirvanastreams.schemas.ImageEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers images with a decoder that one of them drives to end the process, as native code can. */
final class DecodeDeathProgram {
  static final int IMAGES = 64;
  static final int CULPRIT = 40;
  private static final int THREADS = 4;

  private DecodeDeathProgram() {}

  /**
   * Runs.
   *
   * @param arguments the journal's file
   */
  public static void main(String[] arguments) {
    DecodeJournal journal = DecodeJournal.open(Path.of(arguments[0]));
    InferenceScheduler scheduler =
        new InferenceScheduler(
            new BatchSettings(8, IMAGES, THREADS),
            new FakeChooser().with(0, Samples.model(1, new FakeNetwork())),
            new Deadly(journal),
            new Counters());
    List<InferenceRequest> requests = new ArrayList<>();
    for (int offset = 0; offset < IMAGES; offset++) {
      requests.add(
          new InferenceRequest(
              Samples.event("e" + offset, Samples.BALL),
              0,
              new InferenceRequest.Position(3, offset)));
    }
    List<CompletableFuture<Inference>> answers = scheduler.submit(requests, Duration.ofSeconds(30));
    for (int offset = 0; offset < IMAGES; offset++) {
      if (answers.get(offset).join() instanceof Inference.Undecodable undecodable) {
        System.out.println(offset + ": " + undecodable.reason());
      }
    }
    System.out.println("answered " + answers.size());
    System.exit(0);
  }

  private record Deadly(DecodeJournal journal) implements PixelSource {
    @Override
    public byte[] pixels(ImageEvent event, InputShape shape) {
      if (event.getEventId().equals("e" + CULPRIT)) {
        Runtime.getRuntime().halt(1);
      }
      return new byte[] {event.getBytes().get(0)};
    }

    @Override
    public byte[] pixels(InferenceRequest request, InputShape shape)
        throws UndecodableImageException {
      return journal.decode(request, () -> pixels(request.event(), shape));
    }
  }
}
