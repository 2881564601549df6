package io.nirvanastreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.Nirvana;
import io.nirvanastreams.app.child.ChildJvm;
import io.nirvanastreams.app.cli.CommandLineFactory;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.topic.TopicReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * The commands of the product against a broker in a container that takes nobody without TLS and
 * SCRAM, each with one file of client settings as a user writes it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredBrokerIT {
  private static final int IMAGES = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory;

  private static Containers containers;
  private static Certificates certificates;
  private static Process processor;

  @BeforeAll
  static void start() throws Exception {
    Containers.needEngine();
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    certificates = Certificates.make(directory, host);
    containers =
        Containers.start((broker, outside) -> SecuredBroker.secure(broker, outside, certificates));
    DrawnImages.write(directory.resolve("images"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (processor != null) {
      processor.destroyForcibly().waitFor();
    }
    if (containers != null) {
      containers.close();
    }
  }

  @Test
  @Order(1)
  void shouldTakeAnImageToItsRecognition() throws Exception {
    Path model = directory.resolve("model");
    String weights = "--blob-store=" + directory.resolve("blobs");
    works("topics", "create", "--partitions=2");
    works(
        "train",
        "--data=" + directory.resolve("images"),
        "--image-size=1x28x28",
        "--epochs=1",
        "--recipe=batch-size=16",
        "--out=" + model);
    works("publish", model.toString(), "--promote", "--unsigned", weights);
    Path log = directory.resolve("processor.log");
    List<String> arguments = new ArrayList<>(List.of("process", "--allow-unsigned", weights));
    arguments.add("--state-dir=" + directory.resolve("state"));
    arguments.addAll(cluster(client()));
    processor = program(List.of("-Xmx512m"), arguments, log);

    String spots = directory.resolve("images").resolve("spot").toString();
    assertThat(works("ingest", spots, "--count=" + IMAGES, "--rate=1000"))
        .startsWith(IMAGES + " images sent");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(answers()).as(Files.readString(log)).hasSize(IMAGES));
    assertThat(answers().stream().filter(answer -> answer.getOutcome() == Outcome.KNOWN))
        .hasSizeGreaterThan(IMAGES / 2)
        .allSatisfy(answer -> assertThat(answer.getLabel()).isEqualTo("spot"));
    assertThat(log).content().doesNotContain(SecuredBroker.PASSWORD);
  }

  @Test
  @Order(2)
  void shouldSayInOneLineThatThePasswordIsWrong() throws Exception {
    Map<String, String> wrong =
        SecuredBroker.client("wrong-secret-0000", certificates.authority().toString());

    for (String command : List.of("ingest", "process")) {
      assertThat(fails(command, wrong))
          .contains("the cluster refuses the credentials", "sasl.jaas.config")
          .doesNotContain("wrong-secret-0000");
    }
  }

  @Test
  @Order(3)
  void shouldSayInOneLineThatTheCertificateIsNotTrusted() throws Exception {
    Map<String, String> distrusting =
        SecuredBroker.client(SecuredBroker.PASSWORD, certificates.stranger().toString());

    for (String command : List.of("ingest", "process")) {
      assertThat(fails(command, distrusting)).contains("TLS handshake", "ssl.truststore");
    }
  }

  private static String works(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("train")) {
      all.addAll(cluster(client()));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(run(all, out, err)).as("%s%n%s%s", all, out, err).isZero();
    return out.toString();
  }

  /** What a user sees of it, in a process of its own: the logging of this one is the test's. */
  private static String fails(String command, Map<String, String> settings) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add(
        command.equals("ingest")
            ? directory.resolve("images").resolve("spot").toString()
            : "--state-dir=" + directory.resolve("refused"));
    arguments.addAll(cluster(settings));
    Path output = Files.createTempFile(directory, command, ".log");
    Process process = program(List.of("-XX:TieredStopAtLevel=1"), arguments, output);

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isOne();
    assertThat(output).content().hasLineCount(1);
    return Files.readString(output);
  }

  private static Process program(List<String> options, List<String> arguments, Path output) {
    return ChildJvm.start(options, Nirvana.class.getName(), arguments, output);
  }

  private static int run(List<String> arguments, StringWriter out, StringWriter err) {
    return CommandLineFactory.run(
        Nirvana.COMMANDS,
        arguments,
        Map.of(),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }

  private static Map<String, String> client() {
    return SecuredBroker.client(SecuredBroker.PASSWORD, certificates.authority().toString());
  }

  private static List<String> cluster(Map<String, String> settings) throws IOException {
    Path file = Files.createTempFile(directory, "client", ".properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    ClusterAccess access = containers.access();
    return List.of(
        "--bootstrap-servers=" + access.bootstrapServers(),
        "--schema-registry-url=" + access.schemaRegistryUrl(),
        "--kafka-config=" + file);
  }

  private static List<Recognition> answers() {
    ClusterAccess access = containers.access(client());
    List<Recognition> answers = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka());
        Deserializer<Recognition> deserializer = access.serdes().deserializer(Recognition.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(access.topics().recognitions()),
          PATIENCE,
          record ->
              answers.add(
                  deserializer.deserialize(access.topics().recognitions().name(), record.value())));
    }
    return answers;
  }
}
