package io.nirvanastreams.deploy;

import io.nirvanastreams.app.security.Component;
import io.nirvanastreams.app.security.Grant;
import io.nirvanastreams.app.security.LeastPrivilege;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/**
 * The resources of deploy/strimzi that follow from the program's own lists: a topic for each of the
 * catalogue, a user with the least rights for each component.
 */
final class StrimziFiles {
  private static final String HEADER =
      """
      # Made from %s; do not edit. After a change there:
      #   mvn -q -pl deploy -am test -Dtest=StrimziTest -Dstrimzi.write=true -Dsurefire.failIfNoSpecifiedTests=false
      """;
  private static final int PARTITIONS = 12;

  private final Topics topics = Topics.withPrefix(Topics.DEFAULT_PREFIX);

  /** What topics.yaml must be. */
  String topics() {
    StringBuilder file = new StringBuilder(HEADER.formatted("the catalogue, nirvana topics list"));
    for (Topic topic : topics.all()) {
      file.append(
          """
          ---
          # %s
          apiVersion: kafka.strimzi.io/v1
          kind: KafkaTopic
          metadata:
            name: %s
            labels: {strimzi.io/cluster: nirvana}
          spec:
            partitions: %d
            replicas: 3
            config:
          """
              .formatted(topic.purpose(), topic.name(), topic.partitioned() ? PARTITIONS : 1));
      new TreeMap<>(topic.config())
          .forEach((key, value) -> file.append("    %s: \"%s\"%n".formatted(key, value)));
    }
    return file.toString();
  }

  /** What users.yaml must be. */
  String users() {
    StringBuilder file = new StringBuilder(HEADER.formatted("what nirvana acls lists"));
    // The id of the processor as the Helm chart starts it, which is the default.
    LeastPrivilege least =
        new LeastPrivilege(topics, topics.prefix() + "-" + Component.PROCESSOR.text());
    for (Component component : Component.values()) {
      file.append(
          """
          ---
          # %s
          apiVersion: kafka.strimzi.io/v1
          kind: KafkaUser
          metadata:
            name: nirvana-%s
            labels: {strimzi.io/cluster: nirvana}
          spec:
            authentication: {type: scram-sha-512}
            authorization:
              type: simple
              acls:
          """
              .formatted(component.purpose(), component.text()));
      least.of(component).forEach(grant -> file.append(acl(grant)));
    }
    return file.toString();
  }

  private static String acl(Grant grant) {
    return "      - resource: {type: %s, name: \"%s\", patternType: %s}%n        operations: [%s]%n"
        .formatted(
            words(grant.type().name(), false),
            grant.name(),
            grant.pattern() == PatternType.PREFIXED ? "prefix" : "literal",
            grant.operations().stream()
                .map(AclOperation::name)
                .map(name -> words(name, true))
                .collect(Collectors.joining(", ")));
  }

  /** TRANSACTIONAL_ID as transactionalId; DESCRIBE_CONFIGS as DescribeConfigs. */
  private static String words(String name, boolean capital) {
    StringBuilder text = new StringBuilder();
    for (String word : List.of(name.toLowerCase(Locale.ROOT).split("_", -1))) {
      boolean upper = capital || !text.isEmpty();
      text.append(upper ? word.substring(0, 1).toUpperCase(Locale.ROOT) : word.charAt(0))
          .append(word.substring(1));
    }
    return text.toString();
  }
}
