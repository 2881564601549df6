package io.nirvanastreams.app.security;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nirvanastreams.app.broker.SecuredCluster;
import io.nirvanastreams.app.cli.Cli;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.console.ConsoleServer;
import io.nirvanastreams.app.console.ConsoleSettings;
import io.nirvanastreams.app.model.TestModels;
import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.StreamProcessor;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS, SASL/SCRAM, certificates and ACLs on a real broker: every component works with exactly what
 * {@code nirvana acls} lists, and says what is missing when it has less.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredClusterIT {
  private static final Topics TOPICS = Topics.withPrefix(Topics.DEFAULT_PREFIX);
  private static final String APPLICATION = "nirvana-processor";

  @TempDir private static Path directory;

  private static HeardLog log;
  private static SecuredCluster cluster;
  private static PasswordedRegistry registry;
  private static StreamProcessor processor;

  @BeforeAll
  static void start() throws Exception {
    log = HeardLog.listen();
    List<String> users = new ArrayList<>();
    for (Component component : Component.values()) {
      users.add(user(component));
    }
    users.addAll(
        List.of(
            "no-write", "no-group", "no-transactions", "no-internal", "no-labels", "no-models"));
    cluster = SecuredCluster.start(directory.resolve("broker"), users);
    registry = new PasswordedRegistry(cluster.schemaRegistryUrl());
    List<AclBinding> acls = new ArrayList<>();
    LeastPrivilege least = new LeastPrivilege(TOPICS, APPLICATION);
    least
        .all()
        .forEach(
            (component, grants) ->
                grants.forEach(grant -> acls.addAll(grant.bindings("User:" + user(component)))));
    least.of(Component.INGEST).forEach(grant -> acls.addAll(grant.bindings("User:camera")));
    acls.addAll(without("no-group", grant -> grant.type() == ResourceType.GROUP));
    acls.addAll(without("no-transactions", grant -> grant.type() == ResourceType.TRANSACTIONAL_ID));
    acls.addAll(without("no-internal", grant -> grant.operations().contains(AclOperation.CREATE)));
    acls.addAll(less("no-write", Component.INGEST, TOPICS.images(), AclOperation.WRITE));
    acls.addAll(less("no-labels", Component.CONSOLE, TOPICS.labels(), AclOperation.WRITE));
    acls.addAll(less("no-models", Component.TRAINER, TOPICS.models(), AclOperation.WRITE));
    try (Admin admin = Admin.create(access(SecuredCluster.ADMIN).kafka())) {
      admin.createAcls(acls).all().get();
      await()
          .atMost(20, SECONDS)
          .until(
              () -> admin.describeAcls(AclBindingFilter.ANY).values().get().size() >= acls.size());
    }
    TestModels.write(directory.resolve("model"));
    TestModels.writeImages(directory.resolve("images"));
  }

  @AfterAll
  static void stop() {
    if (processor != null) {
      processor.close();
    }
    if (registry != null) {
      registry.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    HeardLog.levels(Level.OFF);
  }

  @Test
  @Order(1)
  void shouldRunEachComponentWithItsOwnAcls() throws Exception {
    check(run(Component.OPERATOR, "topics", "create", "--partitions=2"));
    check(run(Component.OPERATOR, "topics", "list"));
    check(run(Component.TRAINER, "publish", model(), "--unsigned", "--promote", blobs()));
    processor = new StreamProcessor(settings(user(Component.PROCESSOR), APPLICATION));
    processor.start();
    processor.awaitReady(Duration.ofSeconds(90));

    Cli sent = check(run(Component.INGEST, "-v", "-v", "ingest", images(), "--rate=1000"));

    assertThat(sent.out()).startsWith("100 images sent");
    await().atMost(60, SECONDS).until(() -> answered() == 100);
    check(run(Component.CONSOLE, "groups", "list"));
    check(run(Component.CONSOLE, "label", "an-event", "--ignore", "--event"));
    check(run(Component.REPLAY, "replay", "--diff", "--allow-unsigned", blobs()));
    check(run(Component.REPLAY, "replay", "--novelties", "--allow-unsigned", blobs()));
    assertThat(check(run(Component.WATCH, "models", "watch", "default", "--once")).out())
        .startsWith("live 1: ");
    assertThat(processor.status().counts().answered()).isNotEmpty();
  }

  @Test
  @Order(2)
  void shouldShowTheConsoleWithItsOwnAcls() throws Exception {
    ClusterAccess access = access(user(Component.CONSOLE));
    try (ConsoleServer console =
        ConsoleServer.start(
            ConsoleSettings.onLoopback(0, TOPICS, access.kafka(), access.registry()))) {
      URI state = console.uri().resolve("/");
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(state).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Order(3)
  void shouldTakeImagesByCertificate() throws Exception {
    Map<String, String> settings = new HashMap<>(cluster.certificateClient());
    addRegistry(settings);

    Cli sent =
        check(
            Cli.run(
                environment(cluster.tlsBootstrap()),
                "ingest",
                images(),
                "--rate=1000",
                "--kafka-config=" + file("camera", settings)));

    assertThat(sent.out()).startsWith("100 images sent");
    await().atMost(60, SECONDS).until(() -> answered() == 200);
  }

  @Test
  @Order(4)
  void shouldSayWhatIsNotAllowed() throws Exception {
    assertThat(fails(as("no-write", "ingest", images(), "--count=1")))
        .contains("does not allow", "[nirvana.images]", "nirvana acls");
    assertThat(fails(as("no-models", "publish", model(), "--unsigned", blobs())))
        .contains("does not allow", "[nirvana.models]");
    assertThat(fails(as("no-labels", "label", "an-event", "--ignore", "--event")))
        .contains("does not allow", "[nirvana.labels]");
    assertThat(fails(process("no-group"))).contains("does not allow", "consumer group no-group");
    assertThat(fails(process("no-transactions"))).contains("does not allow", "transactional ids");
    assertThat(fails(process("no-internal"))).contains("does not allow");
    assertThat(fails(process(user(Component.INGEST))))
        .contains("nirvana.recognitions", "nirvana acls --component processor");
  }

  @Test
  @Order(5)
  void shouldSayWhenTheClusterRefusesTheClient() throws Exception {
    Map<String, String> wrong =
        new HashMap<>(cluster.client(user(Component.INGEST), "wrong-secret-0000"));
    Map<String, String> distrusting = new HashMap<>(cluster.client(user(Component.INGEST), "any"));
    distrusting.keySet().removeIf(name -> name.startsWith("ssl.truststore"));

    assertThat(fails(with("wrong", wrong))).contains("refuses the credentials", "sasl.jaas.config");
    assertThat(fails(with("distrusting", distrusting))).contains("TLS handshake", "ssl.truststore");
  }

  @Test
  @Order(6)
  void shouldKeepSecretsOutOfEveryLogLine() {
    Map<String, String> effective = settings(user(Component.PROCESSOR), APPLICATION).effective();

    assertThat(log.lines()).hasSizeGreaterThan(100);
    assertThat(log.lines()).anyMatch(line -> line.contains("sasl.jaas.config"));
    assertThat(log.lines()).noneMatch(SecuredClusterIT::tells);
    assertThat(effective).containsKey("kafka.sasl.jaas.config");
    assertThat(effective.toString()).matches(text -> !tells(text));
  }

  @Test
  @Order(7)
  void shouldEraseWithItsOwnAcls() throws Exception {
    ClusterAccess access = access(SecuredCluster.ADMIN);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      producer.write(TOPICS.groups(), "g-1", NoveltyGroup.newBuilder().setGroupId("g-1").build());
    }

    check(run(Component.ERASURE, "groups", "erase", "g-1", "--timeout=0", "--topics", "--yes"));

    try (Consumer<String, byte[]> consumer = TopicReader.consumer(access.kafka())) {
      TopicReader.readToEnd(
          consumer,
          List.of(TOPICS.images()),
          Duration.ofSeconds(10),
          record -> fail("an image is left"));
    }
  }

  private static boolean tells(String text) {
    return text.contains("-secret-") || text.contains(PasswordedRegistry.USER_INFO);
  }

  private static long answered() {
    long[] count = {0};
    try (Consumer<String, byte[]> consumer =
        TopicReader.consumer(access(SecuredCluster.ADMIN).kafka())) {
      TopicReader.readToEnd(
          consumer, List.of(TOPICS.recognitions()), Duration.ofSeconds(10), record -> count[0]++);
    }
    return count[0];
  }

  private static List<AclBinding> without(String user, Predicate<Grant> left) {
    return new LeastPrivilege(TOPICS, user)
        .of(Component.PROCESSOR).stream()
            .filter(left.negate())
            .flatMap(grant -> grant.bindings("User:" + user).stream())
            .toList();
  }

  private static List<AclBinding> less(
      String user, Component component, Topic topic, AclOperation operation) {
    return new LeastPrivilege(TOPICS, user)
        .of(component).stream()
            .flatMap(grant -> grant.bindings("User:" + user).stream())
            .filter(
                acl ->
                    !(acl.pattern().name().equals(topic.name())
                        && acl.entry().operation() == operation))
            .toList();
  }

  private static Cli process(String user) throws Exception {
    return as(
        user,
        "process",
        blobs(),
        "--device=cpu",
        "--state-dir=" + directory.resolve("state-" + user),
        "--setting=application.id=" + user);
  }

  private static Cli run(Component component, String... arguments) throws Exception {
    return as(user(component), arguments);
  }

  private static Cli as(String user, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--kafka-config=" + file(user, access(user).settings()));
    return Cli.run(environment(cluster.saslBootstrap()), all.toArray(String[]::new));
  }

  private static Cli with(String name, Map<String, String> settings) throws Exception {
    return Cli.run(
        environment(cluster.saslBootstrap()),
        "ingest",
        images(),
        "--count=1",
        "--kafka-config=" + file(name, settings));
  }

  private static Map<String, String> environment(String bootstrap) {
    return Map.of(
        "NIRVANA_BOOTSTRAP_SERVERS", bootstrap, "NIRVANA_SCHEMA_REGISTRY_URL", registry.url());
  }

  private static Path file(String name, Map<String, String> settings) throws Exception {
    Path file = directory.resolve(name + ".properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  private static ProcessorSettings settings(String user, String application) {
    Map<String, String> values = new HashMap<>();
    access(user)
        .settings()
        .forEach(
            (key, value) -> {
              values.put(ProcessorSettings.KAFKA_PREFIX + key, value);
              values.put(ProcessorSettings.REGISTRY_PREFIX + key, value);
            });
    values.put("bootstrap.servers", cluster.saslBootstrap());
    values.put("schema.registry.url", registry.url());
    values.put("blob.store", directory.resolve("blobs").toString());
    values.put("state.dir", directory.resolve("state").toString());
    values.put("application.id", application);
    values.put(ProcessorSettings.UNSIGNED_MODELS, "true");
    values.put("device", "cpu");
    return ProcessorSettings.of(values);
  }

  private static ClusterAccess access(String user) {
    Map<String, String> settings =
        new HashMap<>(cluster.client(user, SecuredCluster.password(user)));
    addRegistry(settings);
    return new ClusterAccess(cluster.saslBootstrap(), registry.url(), TOPICS, settings);
  }

  private static void addRegistry(Map<String, String> settings) {
    settings.put("basic.auth.credentials.source", "USER_INFO");
    settings.put("basic.auth.user.info", PasswordedRegistry.USER_INFO);
  }

  private static Cli check(Cli cli) {
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  private static String fails(Cli cli) {
    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isEqualTo(1);
    assertThat(cli.err().lines()).as(cli.err()).hasSize(1);
    return cli.err();
  }

  private static String user(Component component) {
    return "nirvana-" + component.text();
  }

  private static String model() {
    return directory.resolve("model").toString();
  }

  private static String images() {
    return directory.resolve("images").resolve("spot").toString();
  }

  private static String blobs() {
    return "--blob-store=" + directory.resolve("blobs");
  }
}
