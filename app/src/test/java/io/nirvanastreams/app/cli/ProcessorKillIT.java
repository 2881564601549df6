package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.ingest.Ingest;
import io.nirvanastreams.app.ingest.Pace;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.camera.flow.RepeatedFrames;
import io.nirvanastreams.camera.frame.Frame;
import io.nirvanastreams.camera.frame.FrameSource;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EveryImageAnsweredOnce, through kill -9 of a processor in a process of its own. */
class ProcessorKillIT {
  /** The short form; -Dnirvana.kill.images=5000 is the long one. */
  private static final int IMAGES = Integer.getInteger("nirvana.kill.images", 2_000);

  private static final int KILL_AFTER = IMAGES / 4;
  private static final double PER_SECOND = 250;

  @TempDir private Path directory;

  private LocalCluster cluster;
  private ClusterAccess access;
  private Process processor;

  @BeforeEach
  void start() {
    cluster = LocalCluster.startTemporary();
    access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix("nirvana"),
            Map.of());
    assertThat(run("topics", "create").exitCode()).isZero();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (processor != null) {
      processor.destroyForcibly().waitFor();
    }
    cluster.close();
  }

  @Test
  void shouldAnswerEveryImageOnceThroughAKill() throws Exception {
    Path model = directory.resolve("model");
    TestModels.write(model);
    Cli published =
        run("publish", model.toString(), "--promote", "--unsigned", "--blob-store", blobs());
    assertThat(published.exitCode()).as(published.err()).isZero();

    processor = startProcessor();
    ExecutorService camera = Executors.newSingleThreadExecutor();
    try {
      Future<?> sending = camera.submit(this::sendImages);
      await().atMost(90, SECONDS).until(() -> answers().size() >= KILL_AFTER);
      processor.destroyForcibly().waitFor();
      int before = answers().size();
      processor = startProcessor();
      sending.get(60, SECONDS);
      await().atMost(120, SECONDS).until(() -> answers().size() >= IMAGES);

      assertThat(before).as("killed in the middle").isBetween(KILL_AFTER, IMAGES - 1);
      processor.destroy();
      assertThat(processor.waitFor(40, SECONDS)).isTrue();
      assertThat(answers()).hasSize(IMAGES).doesNotHaveDuplicates();
      assertThat(answers()).containsExactlyInAnyOrderElementsOf(images());
    } finally {
      camera.shutdownNow();
    }
  }

  private Process startProcessor() throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx600m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-cp",
            classPath,
            "io.nirvanastreams.app.Nirvana",
            "process",
            "--device=cpu",
            "--allow-unsigned",
            "--bootstrap-servers=" + cluster.bootstrapServers(),
            "--schema-registry-url=" + cluster.schemaRegistryUrl(),
            "--state-dir=" + directory.resolve("state"),
            "--blob-store=" + blobs());
    File log = directory.resolve("processor.log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    return builder.start();
  }

  private Void sendImages() throws Exception {
    List<Frame> frames = TestModels.frames();
    try (Producer<String, ImageEvent> producer = access.producer()) {
      new Ingest(producer, access.topics(), "camera", "default", Clock.systemUTC())
          .run(
              new RepeatedFrames(() -> FrameSource.of(frames)),
              IMAGES,
              Pace.perSecond(PER_SECOND),
              () -> false);
    }
    return null;
  }

  private List<String> answers() {
    return read(access.topics().recognitions(), Recognition.class).stream()
        .map(Recognition::getEventId)
        .toList();
  }

  private List<String> images() {
    return read(access.topics().images(), ImageEvent.class).stream()
        .map(ImageEvent::getEventId)
        .toList();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    List<T> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<T> deserializer = access.serdes().deserializer(type)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          record -> records.add(deserializer.deserialize(topic.name(), record.value())));
    }
    return records;
  }

  private String blobs() {
    return directory.resolve("blobs").toString();
  }

  private Cli run(String... arguments) {
    return Cli.run(
        Map.of(
            "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
            "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl()),
        arguments);
  }
}
