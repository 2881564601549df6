package io.nirvanastreams.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.TestCluster;
import io.nirvanastreams.app.deadletters.Redrive;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.processor.recognise.DeadLetter;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a broken image over its dead letter back to the images, against a real broker. */
class DeadLettersIT {
  private static final int LARGE = 20_000;

  @TempDir private Path directory;

  private TestCluster cluster;
  private StreamProcessor processor;

  @BeforeEach
  void start() throws Exception {
    cluster = TestCluster.start(directory);
    Path model = directory.resolve("model");
    TestModels.write(model);
    cluster.run("publish", model.toString(), "--promote", "--unsigned");
    processor = cluster.process(Map.of("stream.threads", "1"));
    processor.awaitReady(Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldDeadLetterShowAndRedriveThroughARecordThatTheClusterRefuses() throws Exception {
    shrinkDeadLetters();
    byte[] broken = new byte[LARGE];
    Arrays.fill(broken, (byte) 'x');
    send("e-1", broken);
    send("e-2", TestModels.frames().get(0).picture().bytes());

    await()
        .dontCatchUncaughtExceptions() // the thread that is replaced
        .atMost(60, SECONDS)
        .until(() -> answers().size() == 2);

    // The refused letter ended its transaction; what came of it was answered once all the same.
    assertThat(answers())
        .extracting(Recognition::getEventId)
        .containsExactlyInAnyOrder("e-1", "e-2");
    assertThat(answers())
        .filteredOn(answer -> answer.getEventId().equals("e-1"))
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.getOutcome()).isEqualTo(Outcome.UNDECODABLE);
              assertThat(answer.getReason()).startsWith("neither JPEG");
            });
    assertThat(processor.status().counts().replacedThreads()).isPositive();
    assertThat(processor.status().ready()).isTrue();
    ConsumerRecord<String, byte[]> letter = letters().get(0);
    assertThat(letter.value()).hasSizeLessThan(LARGE);
    assertThat(letter.headers().lastHeader(DeadLetter.CUT)).isNotNull();
    assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);

    String id = letter.partition() + "-" + letter.offset();
    listAndShow(id);
    redrive(id);
  }

  private void listAndShow(String id) throws IOException {
    assertThat(run("dead-letters", "list", "--reason=neither jpeg", "--source=camera").out())
        .contains(id, "(cut)", "neither JPEG");
    assertThat(run("dead-letters", "list", "--reason=other").out()).doesNotContain(id);
    assertThat(run("dead-letters", "list", "--until=1h").out()).doesNotContain(id);
    assertThat(run("dead-letters", "list", "--since=soon").exitCode()).isEqualTo(2);
    Path file = directory.resolve("letter.bin");
    Cli shown = run("dead-letters", "show", id, "--output=" + file);
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("reason     neither JPEG", "from       nirvana.images-");
    assertThat(Files.size(file)).isPositive();
    assertThat(run("dead-letters", "show", id, "--output=" + file).exitCode()).isEqualTo(2);
    assertThat(run("dead-letters", "show", "0-999").err()).contains("there is no dead letter");
  }

  private void redrive(String id) {
    assertThat(run("dead-letters", "redrive").exitCode()).isEqualTo(2);
    assertThat(run("dead-letters", "redrive", id, "--dry-run").out())
        .contains("1 of 1 letters would be redriven");
    assertThat(images()).hasSize(2);

    Cli redriven = run("dead-letters", "redrive", id);
    assertThat(redriven.out()).as(redriven.err()).contains("1 of 1 letters redriven");
    assertThat(images()).hasSize(3);
    ConsumerRecord<String, byte[]> again =
        images().stream()
            .filter(one -> one.headers().lastHeader(Redrive.MARKER) != null)
            .findFirst()
            .orElseThrow();
    assertThat(again.key()).isEqualTo("camera");
    assertThat(again.value()).hasSizeGreaterThan(LARGE);
    assertThat(again.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(
            new String(again.headers().lastHeader(Redrive.MARKER).value(), StandardCharsets.UTF_8))
        .isEqualTo(id);

    await().atMost(30, SECONDS).until(() -> answers().size() == 3);
    await().atMost(30, SECONDS).until(() -> letters().size() == 3); // two letters and a note
    assertThat(run("dead-letters", "redrive", "--all").out())
        .contains("was redriven before", "failed after it was redriven", "0 of 2 letters");
    assertThat(run("dead-letters", "list").out()).contains("yes", "failed again");
    assertThat(images()).hasSize(3);
  }

  private void shrinkDeadLetters() throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, cluster.topics().deadLetters().name());
    try (Admin admin = cluster.access().admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  topic,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", "10000"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
      await()
          .atMost(20, SECONDS)
          .until(
              () ->
                  admin
                      .describeConfigs(List.of(topic))
                      .all()
                      .get()
                      .get(topic)
                      .get("max.message.bytes")
                      .value()
                      .equals("10000"));
    }
  }

  private void send(String eventId, byte[] bytes) throws Exception {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setEventId(eventId)
            .setSourceId("camera")
            .setBytes(ByteBuffer.wrap(bytes))
            .build();
    ProducerRecord<String, ImageEvent> record =
        new ProducerRecord<>(cluster.topics().images().name(), "camera", event);
    record.headers().add("trace", new byte[] {7});
    cluster.send(record);
  }

  private List<Recognition> answers() {
    return cluster.values(cluster.topics().recognitions(), Recognition.class);
  }

  private List<ConsumerRecord<String, byte[]>> letters() {
    return cluster.records(cluster.topics().deadLetters());
  }

  private List<ConsumerRecord<String, byte[]>> images() {
    return cluster.records(cluster.topics().images());
  }

  private Cli run(String... arguments) {
    return cluster.attempt(arguments);
  }
}
