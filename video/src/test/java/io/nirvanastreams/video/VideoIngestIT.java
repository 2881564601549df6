package io.nirvanastreams.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.app.Nirvana;
import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.cli.CommandLineFactory;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.camera.CameraAddress;
import io.nirvanastreams.camera.Cameras;
import io.nirvanastreams.camera.flow.BufferedFrames;
import io.nirvanastreams.camera.flow.WhenFull;
import io.nirvanastreams.camera.frame.FrameCounts;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Videos and RTSP cameras on the command line, with a real broker and registry. */
@Timeout(180)
class VideoIngestIT {
  @TempDir private static Path directory;

  private static LocalCluster cluster;
  private static ClusterAccess access;
  private static Path clip;
  private static Path description;

  @BeforeAll
  static void start() throws IOException {
    cluster = LocalCluster.startTemporary();
    access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix(Topics.DEFAULT_PREFIX),
            Map.of());
    clip = Clip.write(directory);
    description = Clip.write(directory, "car.sdp");
    assertThat(run("topics", "create")).isEqualTo("0");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void shouldSendAVideoThinnedCutAndMadeSmaller() throws Exception {
    String told =
        run(
            "ingest",
            clip.toString(),
            "--source=file",
            "--fps=5",
            "--crop=0,0,192,216",
            "--resize=96x96");

    assertThat(told).startsWith("0\n20 images sent to nirvana.images");
    List<ImageEvent> images = images("file");
    assertThat(images).hasSize(20);
    assertThat(images)
        .extracting(image -> image.getAttributes().get("pts"))
        .startsWith("0.000", "0.240", "0.400", "0.640");
    assertThat(images).allMatch(image -> image.getMediaType().equals("image/jpeg"));
    var last = images.get(19);
    assertThat(last.getAttributes()).containsEntry("region", "0,0,192,216");
    var seen = ImageIO.read(new ByteArrayInputStream(last.getBytes().array()));
    assertThat(seen.getWidth() + "x" + seen.getHeight()).isEqualTo("85x96");
  }

  @Test
  void shouldRepeatAVideo() throws Exception {
    assertThat(run("ingest", clip.toString(), "--source=loop", "--loop", "--count=70"))
        .startsWith("0\n70 images sent");
    assertThat(images("loop").get(69).getAttributes()).containsEntry("frame", "20");
  }

  @Test
  void shouldSendAnRtspCameraAndConnectAgain() throws Exception {
    try (RtspServer camera = new RtspServer(clip, description, true)) {
      String told =
          run(
              "ingest",
              camera.url(),
              "--source=yard",
              "--count=60",
              "--when-full=block",
              "--retries=3",
              "--camera-user=me",
              "--camera-password=secret");

      assertThat(told).startsWith("0\n60 images sent").contains("is lost").doesNotContain("secret");
      assertThat(camera.plays()).isEqualTo(2);
    }
    List<ImageEvent> images = images("yard");
    List<Integer> numbers =
        images.stream().map(image -> Integer.valueOf(image.getAttributes().get("frame"))).toList();
    int first = 60 - numbers.lastIndexOf(1);
    assertThat(numbers)
        .as("two connections, each counted from 1")
        .startsWith(IntStream.rangeClosed(1, 60 - first).boxed().toArray(Integer[]::new))
        .endsWith(IntStream.rangeClosed(1, first).boxed().toArray(Integer[]::new));
    assertThat(images).allMatch(image -> image.getCapturedAt().toEpochMilli() > 0);
  }

  @Test
  void shouldEndWhileItWaitsForAnRtspCamera() throws Exception {
    FrameCounts counts = new FrameCounts();
    try (RtspServer camera = new RtspServer(clip, description, false)) {
      BufferedFrames frames =
          BufferedFrames.start(
              Cameras.open(
                  CameraAddress.of(camera.url(), null, null), Duration.ofMinutes(2), counts),
              100,
              WhenFull.BLOCK,
              () -> false,
              counts);
      assertThat(frames.next()).isPresent();

      frames.close(); // hangs if the native read does not end; see the time limit

      assertThat(counts.brokenSoFar()).isZero();
    }
  }

  /** The exit code, and what was printed. */
  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--bootstrap-servers=" + cluster.bootstrapServers());
    all.add("--schema-registry-url=" + cluster.schemaRegistryUrl());
    PrintWriter printer = new PrintWriter(out, true);
    StringWriter err = new StringWriter();
    int code =
        CommandLineFactory.run(
            Nirvana.COMMANDS, all, Map.of(), printer, new PrintWriter(err, true));
    return arguments[0].equals("topics") && code == 0 ? "0" : code + "\n" + out + err;
  }

  private static List<ImageEvent> images(String source) {
    Topic topic = access.topics().images();
    List<ImageEvent> images = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<ImageEvent> deserializer = access.serdes().deserializer(ImageEvent.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topic),
          ClusterAccess.PATIENCE,
          record -> {
            if (source.equals(record.key())) {
              images.add(AvroSerdes.read(deserializer, record));
            }
          });
    }
    return images;
  }
}
