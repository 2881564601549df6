package io.nirvanastreams.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nirvanastreams.app.broker.LocalCluster;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Outcome;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicAdmin;
import io.nirvanastreams.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The console in a real browser, over a real broker. */
class ConsoleIT {
  private static final Topics TOPICS = Topics.withPrefix("console-it");

  @TempDir private static Path userData;

  private static LocalCluster cluster;
  private static AvroSerdes serdes;
  private static KafkaProducer<String, SpecificRecord> producer;
  private static ConsoleServer console;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumePresent();
    cluster = LocalCluster.startTemporary();
    Map<String, Object> registry =
        Map.of(
            AvroSerdes.SCHEMA_REGISTRY_URL,
            cluster.schemaRegistryUrl(),
            AvroSerdes.AUTO_REGISTER,
            true);
    try (Admin admin = Admin.create(clients())) {
      TopicAdmin.createMissing(admin, TOPICS, 2, (short) 1);
    }
    serdes = new AvroSerdes(registry);
    producer = new KafkaProducer<>(clients(), new StringSerializer(), serdes.serializer());
    console = ConsoleServer.start(ConsoleSettings.onLoopback(0, TOPICS, clients(), registry));
    browser = Browser.open(userData);
    browser.get(console.uri().toString());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (console != null) {
      console.close();
    }
    if (producer != null) {
      producer.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void shouldShowAnsweredFramesWithTheirPictures() throws Exception {
    for (int i = 0; i < 4; i++) {
      send(TOPICS.images(), "camera-1", Samples.image("known-" + i, Samples.png(40 * i)));
      send(
          TOPICS.recognitions(),
          "camera-1",
          Samples.answer("known-" + i, Outcome.KNOWN, "Ankle boot"));
    }
    send(TOPICS.images(), "camera-1", Samples.image("strange", Samples.png(250)));
    send(TOPICS.recognitions(), "camera-1", Samples.answer("strange", Outcome.UNKNOWN, null));
    send(TOPICS.recognitions(), "camera-1", Samples.answer("broken", Outcome.UNDECODABLE, null));

    eventually()
        .untilAsserted(
            () -> {
              assertThat(frame("known-3").getText()).contains("Ankle boot", "camera-1", "p 0.63");
              assertThat(frame("strange").getText()).contains("UNKNOWN");
              assertThat(frame("broken").getText()).contains("UNDECODABLE");
              assertThat(widthOfPicture(frame("known-3"))).isEqualTo(28);
              assertThat(browser.findElement(By.id("undecodable")).getText()).isEqualTo("1");
            });
    assertThat(browser.findElement(By.id("link")).getText()).isEqualTo("Live");
  }

  @Test
  void shouldWriteTheLabelThatAPersonTypesAndShowWhenItIsLearned() throws Exception {
    send(TOPICS.groups(), "bags", Samples.group("bags", 37, GroupState.OPEN));
    eventually().untilAsserted(() -> assertThat(group("bags").getText()).contains("37 images"));
    eventually().untilAsserted(() -> assertThat(widthOfPicture(group("bags"))).isEqualTo(28));

    WebElement name = group("bags").findElement(By.name("name"));
    name.sendKeys("Hand");
    send(TOPICS.groups(), "bags", Samples.group("bags", 38, GroupState.OPEN));
    eventually().untilAsserted(() -> assertThat(group("bags").getText()).contains("38 images"));
    name.sendKeys("bag");
    group("bags").findElement(By.cssSelector("button.primary")).click();

    LabelAssigned label = awaitLabel("bags");
    assertThat(label.getClassName()).isEqualTo("Handbag");
    assertThat(label.getAction()).isEqualTo(LabelAction.ASSIGN);
    assertThat(label.getSubjectType()).isEqualTo(SubjectType.GROUP);
    eventually()
        .untilAsserted(() -> assertThat(group("bags").getText()).contains("Handbag", "learning…"));

    Instant later = label.getAssignedAt().plusSeconds(20);
    send(TOPICS.models(), "m/1", Samples.model(1, Instant.EPOCH, "Coat"));
    send(TOPICS.models(), "m/2", Samples.model(2, later, "Coat", "Handbag"));
    send(TOPICS.promotions(), "m/2", Samples.live(2, label.getAssignedAt()));
    eventually()
        .untilAsserted(
            () -> {
              assertThat(group("bags").getText()).contains("learned in version 2");
              assertThat(browser.findElement(By.cssSelector("#models .chip.fresh")).getText())
                  .contains("Handbag");
              assertThat(browser.findElement(By.id("live-version")).getText())
                  .isEqualTo("version 2");
            });
  }

  @Test
  void shouldShowMarkupInANameAsText() throws Exception {
    String markup = "<img src=x onerror=\"document.title='owned'\">";
    send(TOPICS.groups(), "markup", Samples.group("markup", 12, GroupState.OPEN));
    send(TOPICS.recognitions(), "camera-2", Samples.answer("evil", Outcome.KNOWN, markup));
    eventually().untilAsserted(() -> assertThat(group("markup").isDisplayed()).isTrue());

    group("markup").findElement(By.name("name")).sendKeys(markup);
    group("markup").findElement(By.cssSelector("button.primary")).click();

    assertThat(awaitLabel("markup").getClassName()).isEqualTo(markup);
    eventually()
        .untilAsserted(
            () -> {
              assertThat(group("markup").findElement(By.tagName("h3")).getText()).isEqualTo(markup);
              assertThat(frame("evil").getDomAttribute("class")).isEqualTo("frame known");
              assertThat(frame("evil").findElement(By.className("label")).getText())
                  .isEqualTo(markup);
            });
    assertThat(browser.findElements(By.cssSelector("img[src='x']"))).isEmpty();
    assertThat(browser.getTitle()).isEqualTo("Nirvana Streams");
  }

  @Test
  void shouldIgnoreAGroupAtTheClickOfAButton() throws Exception {
    send(TOPICS.groups(), "noise", Samples.group("noise", 9, GroupState.OPEN));
    eventually().untilAsserted(() -> assertThat(group("noise").isDisplayed()).isTrue());

    group("noise").findElement(By.cssSelector("button.quiet")).click();

    assertThat(awaitLabel("noise").getAction()).isEqualTo(LabelAction.IGNORE);
    eventually().untilAsserted(() -> assertThat(group("noise").getText()).contains("Ignored"));
  }

  private static WebElement frame(String eventId) {
    return only("[data-event='" + eventId + "']");
  }

  private static WebElement group(String groupId) {
    return only("[data-group='" + groupId + "']");
  }

  private static WebElement only(String selector) {
    List<WebElement> found = ((WebDriver) browser).findElements(By.cssSelector(selector));
    assertThat(found).as(selector).hasSize(1);
    return found.get(0);
  }

  private static long widthOfPicture(WebElement card) {
    WebElement picture = card.findElement(By.tagName("img"));
    Object width = browser.executeScript("return arguments[0].naturalWidth", picture);
    return ((Number) width).longValue();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
  }

  private static void send(Topic topic, String key, SpecificRecord value) throws Exception {
    producer.send(new ProducerRecord<>(topic.name(), key, value)).get(20, TimeUnit.SECONDS);
  }

  private static LabelAssigned awaitLabel(String groupId) {
    try (KafkaConsumer<String, LabelAssigned> consumer =
        new KafkaConsumer<>(
            clients(), new StringDeserializer(), serdes.deserializer(LabelAssigned.class))) {
      List<TopicPartition> labels = List.of(new TopicPartition(TOPICS.labels().name(), 0));
      consumer.assign(labels);
      consumer.seekToBeginning(labels);
      return eventually()
          .until(
              () -> {
                for (ConsumerRecord<String, LabelAssigned> label :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (label.key().equals(groupId)) {
                    return label.value();
                  }
                }
                return null;
              },
              label -> label != null);
    }
  }

  private static Map<String, Object> clients() {
    return Map.of("bootstrap.servers", cluster.bootstrapServers());
  }
}
