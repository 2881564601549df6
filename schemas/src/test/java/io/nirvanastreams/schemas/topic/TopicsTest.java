package io.nirvanastreams.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
  private final Topics topics = Topics.withPrefix(Topics.DEFAULT_PREFIX);

  @Test
  void shouldNameEveryTopicOfTheCatalogue() {
    assertThat(topics.all())
        .extracting(Topic::name)
        .containsExactly(
            "nirvana.images",
            "nirvana.recognitions",
            "nirvana.novelties",
            "nirvana.group-members",
            "nirvana.groups",
            "nirvana.alerts",
            "nirvana.labels",
            "nirvana.models",
            "nirvana.weights",
            "nirvana.centres",
            "nirvana.thresholds",
            "nirvana.overrides",
            "nirvana.promotions",
            "nirvana.settings",
            "nirvana.model-events",
            "nirvana.gauges",
            "nirvana.evaluations",
            "nirvana.instances",
            "nirvana.audit",
            "nirvana.dead-letters");
  }

  @Test
  void shouldPutThePrefixBeforeEveryName() {
    assertThat(Topics.withPrefix("plant-7").all())
        .allSatisfy(topic -> assertThat(topic.name()).startsWith("plant-7."));
  }

  @Test
  void shouldNameSubjectsByTopic() {
    assertThat(topics.images().subject()).isEqualTo("nirvana.images-value");
  }

  @Test
  void shouldKeepTheLatestOfWhatEveryInstanceReadsWhole() {
    assertThat(topics.all())
        .filteredOn(Topic::compacted)
        .extracting(Topic::name)
        .containsExactlyInAnyOrder(
            "nirvana.groups",
            "nirvana.labels",
            "nirvana.models",
            "nirvana.weights",
            "nirvana.centres",
            "nirvana.thresholds",
            "nirvana.overrides",
            "nirvana.gauges",
            "nirvana.promotions",
            "nirvana.settings");
    assertThat(topics.models().partitioned()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä"})
  void shouldRefuseAPrefixThatKafkaWouldRefuse(String prefix) {
    assertThatThrownBy(() -> Topics.withPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix");
  }
}
