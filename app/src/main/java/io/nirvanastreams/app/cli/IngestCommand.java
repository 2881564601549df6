package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.ingest.Ingest;
import io.nirvanastreams.app.ingest.Pace;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends images to be recognised. */
@Command(
    name = "ingest",
    description = {
      "Send images to be recognised: files, a watched folder, a video or a camera.",
      "JPEG, PNG, GIF, BMP, TIFF and WebP files go onto the topic as they are. Nothing is resumed:"
          + " a second run sends again."
    })
public final class IngestCommand implements Callable<Integer> {
  private static final long TELL_NANOS = 10_000_000_000L;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private CameraOptions camera;

  @Option(
      names = "--source",
      paramLabel = "ID",
      defaultValue = "camera-1",
      description = "Id of the source; its images keep their order (default: ${DEFAULT-VALUE}).")
  private String source;

  @Option(
      names = "--scope",
      defaultValue = "default",
      description = "Unknowns of one scope are grouped together (default: ${DEFAULT-VALUE}).")
  private String scope;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      description = "Images a second (default: as fast as it goes).")
  private Double rate;

  @Option(names = "--count", description = "Images to send at most (default: all there are).")
  private Long count;

  @Override
  public Integer call() throws InterruptedException, IOException {
    refuseNonsense();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    FrameCounts counts = new FrameCounts();
    try (Running running = new Running();
        FrameSource frames = camera.open(running, counts, err)) {
      ClusterAccess access = kafka.reachable();
      try (Producer<String, ImageEvent> producer = access.producer()) {
        Ingest ingest = new Ingest(producer, access.topics(), source, scope, Clock.systemUTC());
        Pace pace = rate == null ? Pace.unlimited() : Pace.perSecond(rate);
        try {
          ingest.run(
              frames,
              count == null ? Long.MAX_VALUE : count,
              pace,
              tellingDrops(running::ends, counts, err));
        } finally {
          // Also when a camera is given up: what was sent before stays sent.
          String leftOut = counts.toString();
          out.println(
              ingest.sent()
                  + " images sent to "
                  + access.topics().images().name()
                  + (leftOut.isEmpty() ? "" : "; " + leftOut));
        }
        if (ingest.tooLarge() > 0) {
          throw new IllegalStateException(
              ingest.tooLarge()
                  + " images were too large for the topic and were left out; give --resize or a"
                  + " lower --quality");
        }
      }
    }
    return 0;
  }

  /** Passes the question on; says now and then that frames are lost, while they are. */
  private static BooleanSupplier tellingDrops(
      BooleanSupplier ends, FrameCounts counts, PrintWriter err) {
    long[] told = {0, System.nanoTime() - TELL_NANOS};
    return () -> {
      long dropped = counts.droppedSoFar();
      if (dropped > told[0] && System.nanoTime() - told[1] >= TELL_NANOS) {
        told[0] = dropped;
        told[1] = System.nanoTime();
        err.println(
            "nirvana ingest: "
                + dropped
                + " frames dropped so far: the camera is faster than the way to the cluster; see"
                + " --fps, --resize, --queue");
      }
      return ends.getAsBoolean();
    };
  }

  private void refuseNonsense() {
    if (rate != null && !(rate > 0)) {
      throw new UsageException("--rate is " + rate + "; give more than 0");
    }
    if (count != null && count < 1) {
      throw new UsageException("--count is " + count + "; give at least 1");
    }
    if (source.isBlank()) {
      throw new UsageException("--source is empty; name the camera");
    }
  }
}
