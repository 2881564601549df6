package io.nirvanastreams.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.app.console.TestClock;
import io.nirvanastreams.schemas.AlertKind;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingValuesTest {
  private final TestClock clock = new TestClock();

  @Test
  void shouldWaitTwiceAsLongAfterEachAttemptUpToABound() {
    RetryPolicy policy = new RetryPolicy(8, Duration.ofSeconds(1), Duration.ofSeconds(10));

    assertThat(policy.waitAfter(1)).hasSeconds(1);
    assertThat(policy.waitAfter(2)).hasSeconds(2);
    assertThat(policy.waitAfter(4)).hasSeconds(8);
    assertThat(policy.waitAfter(5)).hasSeconds(10);
    assertThat(policy.waitAfter(100)).hasSeconds(10);
    assertThat(policy.longestDelivery(Duration.ofSeconds(5))).hasSeconds(40 + 15 + 30);
  }

  @Test
  void shouldHandTheCooldownToASuccessor() {
    Cooldown before = new Cooldown(Duration.ofMinutes(5), clock);
    before.sent("BORN \"bags\"");
    clock.advance(Duration.ofMinutes(2));
    before.sent("FLOOD default");

    Cooldown after = new Cooldown(Duration.ofMinutes(5), clock);
    after.load(before.save());
    clock.advance(Duration.ofMinutes(4));

    assertThat(after.holdsBack("BORN \"bags\"")).isFalse();
    assertThat(after.holdsBack("FLOOD default")).isTrue();
  }

  @Test
  void shouldKeepTheLatestWhenNotAllFitsBesideAnOffset() {
    Cooldown before = new Cooldown(Duration.ofMinutes(5), clock);
    for (int group = 0; group < 500; group++) {
      before.sent("BORN group-" + group);
    }
    Cooldown after = new Cooldown(Duration.ofMinutes(5), clock);
    after.load(before.save());

    assertThat(before.save().length()).isBetween(3_000, 4_000);
    assertThat(after.holdsBack("BORN group-499")).isTrue();
    assertThat(after.holdsBack("BORN group-0")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not ours", "[1]", "{\"a\":\"b\"}"})
  void shouldStartAfreshWhereThePlaceHasOtherText(String saved) {
    Cooldown cooldown = new Cooldown(Duration.ofMinutes(5), clock);

    cooldown.load(saved);

    assertThat(cooldown.holdsBack("a")).isFalse();
  }

  @Test
  void shouldPutAnAlertIntoATopicOfItsOwn() {
    TopicTemplate template = new TopicTemplate("plant/{scope}/{kind}/{group}");

    assertThat(template.topic(Alerts.message("a", "g/1+#$1")))
        .isEqualTo("plant/default/BORN/g_1__$1");
    AlertMessage flood =
        AlertMessage.of(
            "b",
            io.nirvanastreams.schemas.Alert.newBuilder(Alerts.born(""))
                .setKind(AlertKind.FLOOD)
                .build(),
            AlertMessage.Group.UNKNOWN);
    assertThat(template.topic(flood)).isEqualTo("plant/default/FLOOD/none");
    assertThat(flood.subject()).isEqualTo("FLOOD default");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/+/b", "a/#", "a/{camera}"})
  void shouldRefuseATopicThatNobodyCanPublishTo(String text) {
    assertThatThrownBy(() -> new TopicTemplate(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReachABrokerByItsUsualPort() {
    assertThat(mqtt("mqtt://broker").serverUri()).isEqualTo("tcp://broker:1883");
    assertThat(mqtt("mqtts://broker").serverUri()).isEqualTo("ssl://broker:8883");
    assertThat(mqtt("mqtts://broker:9").serverUri()).isEqualTo("ssl://broker:9");
    assertThat(mqtt("mqtts://broker").toString()).doesNotContain("pass-word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://broker", "mqtt:broker", "mqtt://u:p@broker", "mqtt://broker/x"})
  void shouldRefuseAnAddressThatIsNoBrokers(String address) {
    assertThatThrownBy(() -> mqtt(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mqtt://HOST:PORT");
  }

  private static MqttSettings mqtt(String address) {
    return new MqttSettings(
        URI.create(address),
        new TopicTemplate("t"),
        "user",
        "pass-word",
        null,
        Duration.ofSeconds(1));
  }
}
