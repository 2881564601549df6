package io.nirvanastreams.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.cli.Cli;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wire format, proven by clients that are not ours: the Python programs of {@code examples}
 * send the images and read the answers. Runs where Python has the packages of their {@code
 * requirements.txt}; NIRVANA_PYTHON names another Python than {@code python3}.
 */
@Timeout(240)
class PythonClientsIT {
  private static final Path EXAMPLES = Path.of("..", "examples", "python");
  private static final int IMAGES = 100;

  @TempDir private static Path directory;

  private static String python;
  private static LocalCluster cluster;
  private static StreamProcessor processor;

  @BeforeAll
  static void start() throws Exception {
    python = System.getenv().getOrDefault("NIRVANA_PYTHON", "python3");
    skipWithoutPackages();
    cluster = LocalCluster.startTemporary();
    check("topics", "create");
    TestModels.write(directory.resolve("model"), 1, 0.1);
    TestModels.writeImages(directory.resolve("images"));
    check("publish", directory.resolve("model").toString(), "--unsigned", "--promote", blobs());
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("schema.registry.url", cluster.schemaRegistryUrl());
    settings.put("blob.store", directory.resolve("blobs").toString());
    settings.put("state.dir", directory.resolve("state").toString());
    settings.put("device", "cpu");
    settings.put("models.unsigned.allowed", "true");
    processor = new StreamProcessor(ProcessorSettings.of(settings));
    processor.start();
    processor.awaitReady(Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (processor != null) {
      processor.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void shouldAnswerAPythonCameraForAPythonReader() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    Path images = directory.resolve("images").resolve("spot");
    Files.write(images.resolve("zz-rubbish.jpg"), new byte[] {1, 2, 3});

    List<String> told = run("camera.py", images.toString(), "--source=snake");
    List<String> lines =
        run(
            "recognitions.py",
            "--from-beginning",
            "--json",
            "--timeout=60",
            "--count=" + (IMAGES + 1));

    assertThat(told).containsExactly((IMAGES + 1) + " images sent to nirvana.images");
    assertThat(lines).hasSize(IMAGES + 1);
    Set<String> events = new HashSet<>();
    int spots = 0;
    for (String line : lines) {
      JsonNode answer = new ObjectMapper().readTree(line);
      events.add(answer.path("eventId").asText());
      assertThat(answer.path("sourceId").asText()).isEqualTo("snake");
      assertThat(time(answer.path("capturedAt").asText())).isBetween(before, Instant.now());
      if (answer.path("outcome").asText().equals("KNOWN")) {
        assertThat(answer.path("modelVersion").asInt()).isEqualTo(1);
        assertThat(answer.path("pValue").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.path("nearest")).isNotEmpty();
        spots += answer.path("label").asText().equals("spot") ? 1 : 0;
      }
    }
    assertThat(events).as("every image once").hasSize(IMAGES + 1);
    assertThat(spots).isGreaterThan(IMAGES / 2);
    assertThat(new ObjectMapper().readTree(lines.get(IMAGES)).path("outcome").asText())
        .as("the last one is no image; answers keep their order")
        .isEqualTo("UNDECODABLE");
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(
            text,
            new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(' ')
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .appendOffsetId()
                .toFormatter())
        .toInstant();
  }

  private static void skipWithoutPackages() throws Exception {
    String reason;
    try {
      Process asked =
          new ProcessBuilder(
                  python,
                  "-c",
                  "import confluent_kafka.schema_registry.avro, sys; sys.exit(sys.version_info < (3, 8))")
              .redirectErrorStream(true)
              .start();
      String output = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (asked.waitFor() == 0) {
        return;
      }
      reason = output.lines().reduce("it is older than 3.8", (first, last) -> last);
    } catch (IOException e) {
      reason = e.getMessage();
    }
    String skipped =
        "skipped, "
            + python
            + " cannot run the clients ("
            + reason
            + "): pip install -r examples/python/requirements.txt, or name another by NIRVANA_PYTHON";
    System.out.println("PythonClientsIT " + skipped);
    abort(skipped);
  }

  private static List<String> run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python, EXAMPLES.resolve(program).toString()));
    command.addAll(List.of(arguments));
    command.add("--bootstrap-servers=" + cluster.bootstrapServers());
    command.add("--schema-registry-url=" + cluster.schemaRegistryUrl());
    Path output = directory.resolve(program + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(program).isTrue();
    } finally {
      process.destroyForcibly();
    }
    try (Stream<String> lines = Files.lines(output)) {
      List<String> told = lines.toList();
      assertThat(process.exitValue()).as("%s: %s", program, told).isZero();
      return told;
    }
  }

  private static String blobs() {
    return "--blob-store=" + directory.resolve("blobs");
  }

  private static void check(String... arguments) {
    Cli cli =
        Cli.run(
            Map.of(
                "NIRVANA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
                "NIRVANA_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl()),
            arguments);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }
}
