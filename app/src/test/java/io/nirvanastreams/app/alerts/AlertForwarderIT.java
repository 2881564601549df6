package io.nirvanastreams.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the topic to a receiver, over a real broker and through restarts. */
class AlertForwarderIT {
  private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final Duration LONG = Duration.ofHours(1);

  private static LocalCluster cluster;
  private static int tests;

  private ClusterAccess access;
  private Receiver receiver;

  @BeforeAll
  static void startCluster() {
    cluster = LocalCluster.startTemporary();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void start() throws Exception {
    access =
        new ClusterAccess(
            cluster.bootstrapServers(),
            cluster.schemaRegistryUrl(),
            Topics.withPrefix("alerts-it-" + ++tests),
            Map.of(AvroSerdes.AUTO_REGISTER, "true"));
    try (Admin admin = access.admin()) {
      TopicAdmin.createMissing(admin, access.topics(), 2, (short) 1);
    }
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void shouldSendAfterARestartWhatCouldNotBeSentAndWhatCameMeanwhile() throws Exception {
    raise("first");
    receiver.answerWith(500);
    try (AlertForwarder forwarder = forward(Duration.ZERO, 100)) {
      eventually().until(() -> failedAttempts(forwarder) >= 2);
    }
    assertThat(receiver.taken()).isEmpty();
    raise("meanwhile");
    String key = receiver.requests.get(0).key();

    receiver.answerWith(204);
    try (AlertForwarder forwarder = forward(Duration.ZERO, 100)) {
      eventually().until(() -> sent(forwarder) == 2);
    }

    assertThat(receiver.taken()).hasSize(2).doesNotHaveDuplicates().contains(key);
  }

  @Test
  void shouldGiveUpAfterSoManyAttemptsAndGoOn() throws Exception {
    receiver.answerWith(500);
    raise("first");
    try (AlertForwarder forwarder = forward(LONG, 2)) {
      eventually().until(() -> counts(forwarder).of(Delivery.Outcome.DEAD) == 1);
      receiver.answerWith(204);
      raise("first");
      eventually().until(() -> sent(forwarder) == 1);
    }
    assertThat(receiver.taken()).hasSize(1);
  }

  @Test
  void shouldRememberOverARestartWhatItSent() throws Exception {
    raise("bags");
    try (AlertForwarder forwarder = forward(LONG, 3)) {
      eventually().until(() -> sent(forwarder) == 1);
    }
    raise("bags");
    raise("shoes");
    try (AlertForwarder forwarder = forward(LONG, 3)) {
      eventually()
          .until(() -> sent(forwarder) == 1 && counts(forwarder).of(Delivery.Outcome.COOLED) == 1);
    }
    assertThat(receiver.taken()).hasSize(2);
  }

  @Test
  void shouldSendNothingAboutGroupsThatSomebodyNamed() throws Exception {
    send(access.topics().groups().name(), "named", group("named", GroupState.NAMED));
    send(access.topics().groups().name(), "open", group("open", GroupState.OPEN));
    try (GroupStates states = GroupStates.follow(access)) {
      eventually().until(() -> states.of("named").settled());
      eventually().until(() -> states.of("open").state() == GroupState.OPEN);
      assertThat(states.of("open").settled()).isFalse();
      assertThat(states.of("never-seen").settled()).isFalse();
    }
  }

  @Test
  void shouldLeaveOutWhatItCannotReadAndGoOn() throws Exception {
    try (Producer<String, Alert> producer = access.producer();
        Producer<String, byte[]> raw =
            new KafkaProducer<>(
                access.kafka(), new StringSerializer(), new ByteArraySerializer())) {
      raw.send(new ProducerRecord<>(access.topics().alerts().name(), "k", new byte[] {9, 9})).get();
      producer
          .send(new ProducerRecord<>(access.topics().alerts().name(), "k", Alerts.born("k")))
          .get();
    }
    try (AlertForwarder forwarder = forward(Duration.ZERO, 3)) {
      eventually().until(() -> sent(forwarder) == 1);
    }
  }

  private AlertForwarder forward(Duration cooldown, int attempts) {
    RetryPolicy retries = new RetryPolicy(attempts, Duration.ofMillis(50), Duration.ofMillis(200));
    return AlertForwarder.start(
        access,
        new ForwardSettings("it", cooldown, retries, Duration.ofSeconds(5), true),
        Map.of(
            "webhook",
            new Webhook(receiver.uri(), SECRET, Duration.ofSeconds(5), Clock.systemUTC())),
        Clock.systemUTC());
  }

  private static ForwardCounts counts(AlertForwarder forwarder) {
    return forwarder.counts().get("webhook");
  }

  private static long sent(AlertForwarder forwarder) {
    return counts(forwarder).of(Delivery.Outcome.SENT);
  }

  private static long failedAttempts(AlertForwarder forwarder) {
    return counts(forwarder).failedAttempts();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private void raise(String groupId) throws Exception {
    send(access.topics().alerts().name(), groupId, Alerts.born(groupId));
  }

  private <T extends SpecificRecord> void send(String topic, String key, T value) throws Exception {
    try (Producer<String, T> producer = access.producer()) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  private static NoveltyGroup group(String groupId, GroupState state) {
    return NoveltyGroup.newBuilder()
        .setGroupId(groupId)
        .setState(state)
        .setMeanEmbedding(ByteBuffer.allocate(0))
        .build();
  }
}
