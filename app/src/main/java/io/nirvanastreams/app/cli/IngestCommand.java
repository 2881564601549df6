package io.nirvanastreams.app.cli;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.app.ingest.FrameSource;
import io.nirvanastreams.app.ingest.Ingest;
import io.nirvanastreams.app.ingest.Pace;
import io.nirvanastreams.schemas.ImageEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends images to be recognised. */
@Command(
    name = "ingest",
    description = {
      "Send images to be recognised: a folder, a zip, a text file that lists images, or an image.",
      "JPEG, PNG, GIF, BMP, TIFF and WebP files go onto the topic as they are. Nothing is resumed:"
          + " a second run sends again."
    })
public final class IngestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "PATH", description = "Folder, zip, list of files, or image.")
  private Path path;

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

  @Option(
      names = "--loop",
      description = "Start again after the last image, until --count or Ctrl-C.")
  private boolean loop;

  @Option(names = "--count", description = "Images to send (default: each image once).")
  private Long count;

  @Override
  public Integer call() throws InterruptedException, IOException {
    refuseNonsense();
    PrintWriter out = spec.commandLine().getOut();
    try (Running running = new Running();
        FrameSource frames = FrameSource.open(path)) {
      ClusterAccess access = kafka.reachable();
      try (Producer<String, ImageEvent> producer = access.producer()) {
        Ingest ingest = new Ingest(producer, access.topics(), source, scope, Clock.systemUTC());
        long images = loop ? Long.MAX_VALUE : frames.frames().size();
        Pace pace = rate == null ? Pace.unlimited() : Pace.perSecond(rate);
        ingest.run(
            frames.frames(), count == null ? images : Math.min(count, images), pace, running::ends);
        out.println(ingest.sent() + " images sent to " + access.topics().images().name());
        if (ingest.tooLarge() > 0) {
          throw new IllegalStateException(
              ingest.tooLarge() + " images were too large for the topic and were left out");
        }
      }
    }
    return 0;
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
