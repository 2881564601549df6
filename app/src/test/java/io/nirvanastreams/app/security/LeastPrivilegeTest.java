package io.nirvanastreams.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class LeastPrivilegeTest {
  private static final Topics TOPICS = Topics.withPrefix("shop");

  private final LeastPrivilege least = new LeastPrivilege(TOPICS, "shop-processor");

  @Test
  void shouldGiveEveryTopicOfTheCatalogueAWriterAndAReader() {
    for (Topic topic : TOPICS.all()) {
      assertThat(operations(topic)).as(topic.name()).contains(AclOperation.WRITE);
      if (!topic.equals(TOPICS.deadLetters())) {
        assertThat(operations(topic)).as(topic.name()).contains(AclOperation.READ);
      }
    }
  }

  @Test
  void shouldLetACameraWriteImagesAndNothingElse() {
    assertThat(least.of(Component.INGEST))
        .singleElement()
        .satisfies(
            grant -> {
              assertThat(grant.name()).isEqualTo("shop.images");
              assertThat(grant.operations()).containsExactly(AclOperation.WRITE);
            });
  }

  @Test
  void shouldLetOnlyThePublisherAndTheProcessorTouchModels() {
    assertThat(may(Component.TRAINER, TOPICS.models(), AclOperation.WRITE)).isTrue();
    for (Component other : Component.values()) {
      if (other != Component.TRAINER) {
        assertThat(may(other, TOPICS.models(), AclOperation.WRITE)).as(other.text()).isFalse();
        assertThat(may(other, TOPICS.promotions(), AclOperation.WRITE))
            .as(other.text())
            .isEqualTo(other == Component.CONSOLE_OPERATE || other == Component.WATCH);
      }
    }
    assertThat(may(Component.PROCESSOR, TOPICS.images(), AclOperation.WRITE)).isFalse();
    assertThat(may(Component.PROCESSOR, TOPICS.labels(), AclOperation.WRITE)).isFalse();
  }

  @Test
  void shouldKeepAuditRecordsFromThoseThatDecideNothing() {
    for (Component component : Component.values()) {
      boolean decides =
          component == Component.TRAINER
              || component == Component.CONSOLE
              || component == Component.CONSOLE_OPERATE
              || component == Component.ERASURE;
      assertThat(may(component, TOPICS.audit(), AclOperation.WRITE))
          .as(component.text())
          .isEqualTo(decides);
    }
  }

  @Test
  void shouldLetNobodyDeleteImagesButWhoErasesThem() {
    for (Component component : Component.values()) {
      for (Topic topic : TOPICS.all()) {
        boolean erases =
            component == Component.ERASURE
                && List.of(TOPICS.images(), TOPICS.novelties(), TOPICS.deadLetters())
                    .contains(topic);
        assertThat(may(component, topic, AclOperation.DELETE))
            .as(component + " " + topic.name())
            .isEqualTo(erases);
      }
    }
  }

  @Test
  void shouldNameGroupTransactionsAndInternalTopicsByTheApplication() {
    assertThat(least.of(Component.PROCESSOR))
        .anySatisfy(
            grant -> {
              assertThat(grant.type()).isEqualTo(ResourceType.GROUP);
              assertThat(grant.name()).isEqualTo("shop-processor");
              assertThat(grant.pattern()).isEqualTo(PatternType.LITERAL);
            })
        .anySatisfy(
            grant -> {
              assertThat(grant.type()).isEqualTo(ResourceType.TRANSACTIONAL_ID);
              assertThat(grant.name()).isEqualTo("shop-processor-");
              assertThat(grant.pattern()).isEqualTo(PatternType.PREFIXED);
            })
        .anySatisfy(
            grant -> {
              assertThat(grant.type()).isEqualTo(ResourceType.TOPIC);
              assertThat(grant.name()).isEqualTo("shop-processor-");
              assertThat(grant.operations()).contains(AclOperation.CREATE);
            });
  }

  @Test
  void shouldWriteTheCallsOfKafkasTool() {
    Grant prefixed =
        new Grant(
            ResourceType.TRANSACTIONAL_ID,
            "shop-",
            PatternType.PREFIXED,
            Set.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS),
            "");

    assertThat(AclText.kafkaAcls(prefixed, "User:CN=camera, OU=it's", "b:9092"))
        .isEqualTo(
            "kafka-acls.sh --bootstrap-server b:9092 --command-config admin.properties --add"
                + " --allow-principal 'User:CN=camera, OU=it'\\''s' --operation Write --operation"
                + " DescribeConfigs --transactional-id shop- --resource-pattern-type prefixed");
  }

  private boolean may(Component component, Topic topic, AclOperation operation) {
    return least.of(component).stream()
        .anyMatch(
            grant ->
                grant.type() == ResourceType.TOPIC
                    && grant.name().equals(topic.name())
                    && grant.operations().contains(operation));
  }

  private List<AclOperation> operations(Topic topic) {
    return least.all().values().stream()
        .flatMap(List::stream)
        .flatMap(grant -> grant.bindings("User:any").stream())
        .filter(acl -> acl.pattern().name().equals(topic.name()))
        .map(AclBinding::entry)
        .map(entry -> entry.operation())
        .toList();
  }
}
