package io.nirvanastreams.app.demo;

import io.nirvanastreams.app.cli.Running;
import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.trainer.train.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;

/** The demo from start to end, on the calling thread. */
final class DemoRun {
  private static final long STEP_MILLIS = 500;
  private static final Duration ANSWERS_DUE = Duration.ofSeconds(60);

  private final DemoSettings settings;
  private final Screen screen;
  private final Running running;

  DemoRun(DemoSettings settings, Screen screen, Running running) {
    this.settings = settings;
    this.screen = screen;
    this.running = running;
  }

  /**
   * Runs.
   *
   * @param work an empty folder, the caller's to delete
   * @return 0 when every promise was kept, 1 otherwise
   */
  int run(Path work) throws IOException, BadModelException, InterruptedException, TimeoutException {
    DemoData data = DemoData.open(settings, work);
    screen.stage("Starting a Kafka broker and a schema registry");
    try (DemoCluster cluster = DemoCluster.start(work)) {
      screen.say(
          "  Kafka %s, registry %s, no Docker",
          cluster.access().bootstrapServers(), cluster.access().schemaRegistryUrl());
      screen.stage("Training version 1 on " + data.source());
      screen.say("  known: %s", String.join(", ", data.training().classes()));
      screen.say("  never seen before the stream: %s", String.join(", ", data.heldOut()));
      FirstModel model =
          FirstModel.train(settings, data.training(), cluster.models(), progressBar(), screen);
      LiveSystem.publish(cluster, model);
      return stream(data, cluster, model);
    }
  }

  private ProgressBar progressBar() {
    return new ProgressBar(screen.out(), screen.terminal());
  }

  private int stream(DemoData data, DemoCluster cluster, FirstModel model)
      throws IOException, InterruptedException, TimeoutException {
    screen.stage("Streaming from " + settings.cameras() + " cameras");
    try (Producer<String, LabelAssigned> labels = cluster.access().producer();
        Producer<String, ImageEvent> images = cluster.access().producer();
        DemoBooks books = DemoBooks.follow(cluster);
        LiveSystem system = LiveSystem.start(settings, cluster, model)) {
      screen.say("  Console: %s", system.console());
      StandIn standIn =
          new StandIn(books.groups(), books.ledger(), labels, cluster.topics().labels().name());
      LoopWatch loop =
          new LoopWatch(
              settings, data, books.ledger(), books.groups(), books.versions(), standIn, screen);
      try (Cameras cameras = cameras(cluster, data, images, books, 0, false).start()) {
        watch(cameras, books, loop);
      }
      awaitAnswers(books);
      DemoSummary summary = sumUp(cluster, model, books, loop);
      if (settings.keepRunning() && !running.ends()) {
        screen.say("%nStill running; the console is at %s. End with Ctrl-C.", system.console());
        try (Cameras cameras =
            cameras(cluster, data, images, books, books.ledger().sentCount(), true).start()) {
          watchUntilEnd(cameras, books);
        }
      }
      return summary.kept() ? 0 : 1;
    }
  }

  private Cameras cameras(
      DemoCluster cluster,
      DemoData data,
      Producer<String, ImageEvent> producer,
      DemoBooks books,
      long first,
      boolean loop) {
    return new Cameras(
        producer,
        cluster.topics().images().name(),
        data.frames(),
        settings.cameras(),
        settings.imagesPerSecond(),
        books.ledger(),
        first,
        loop);
  }

  private void watch(Cameras cameras, DemoBooks books, LoopWatch loop) throws InterruptedException {
    LiveTable table = new LiveTable(books.ledger(), books.versions(), screen);
    screen.tableHead(LiveTable.HEAD);
    while (!running.endsWithin(STEP_MILLIS)) {
      failWhenBroken(cameras, books);
      loop.step();
      table.draw();
      if (loop.done()) {
        return;
      }
      Optional<String> why = loop.outOfPatience();
      if (why.isEmpty() && cameras.finished()) {
        why = Optional.of("the frames are used up");
      }
      if (why.isPresent()) {
        screen.say("  The stream ends early: %s", why.get());
        return;
      }
    }
    screen.say("  Interrupted; summing up.");
  }

  private void watchUntilEnd(Cameras cameras, DemoBooks books) throws InterruptedException {
    LiveTable table = new LiveTable(books.ledger(), books.versions(), screen);
    while (!running.endsWithin(STEP_MILLIS)) {
      failWhenBroken(cameras, books);
      table.draw();
    }
  }

  private static void failWhenBroken(Cameras cameras, DemoBooks books) {
    if (cameras.failure() != null) {
      throw new IllegalStateException(
          "a camera could not send: " + cameras.failure().getMessage(), cameras.failure());
    }
    if (!books.problem().get().isEmpty()) {
      throw new IllegalStateException(books.problem().get());
    }
  }

  private void awaitAnswers(DemoBooks books) throws InterruptedException {
    long deadline = System.nanoTime() + ANSWERS_DUE.toNanos();
    while (!books.ledger().unanswered().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(STEP_MILLIS / 5);
    }
  }

  private DemoSummary sumUp(
      DemoCluster cluster, FirstModel model, DemoBooks books, LoopWatch loop) {
    screen.stage("Summary");
    boolean mustClose = settings.data() == null && !settings.interactive();
    DemoSummary summary =
        DemoSummary.of(
            model.built().calibration(),
            mustClose ? settings.classesToLearn() : 0,
            books,
            loop.learned(),
            TopicCount.read(
                cluster.access().bootstrapServers(), cluster.access().serdes(), cluster.topics()));
    SummaryText.of(summary, books.versions().events(ModelEventKind.ACTIVATED))
        .forEach(line -> screen.say("%s", "  " + line));
    return summary;
  }
}
