package io.nirvanastreams.app.security;

import io.nirvanastreams.app.erasure.StreamErasure;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The least that each component must be allowed, out of the topic catalogue: a topic that is added
 * there is in here too. Control topics are those that every processor instance reads whole; the
 * processor writes all others but the images and the audit records. Tests run every component with
 * exactly these ACLs.
 *
 * <p>Immutable; safe from any thread.
 */
public final class LeastPrivilege {
  private final Topics topics;
  private final String applicationId;

  /**
   * The grants under a catalogue.
   *
   * @param applicationId the processor's {@code application.id}: names its consumer group, and
   *     begins its transactional ids and its internal topics
   */
  public LeastPrivilege(Topics topics, String applicationId) {
    this.topics = topics;
    this.applicationId = applicationId;
  }

  /** What a component needs, topics in catalogue order. */
  public List<Grant> of(Component component) {
    Needs needs = new Needs();
    List<Grant> beyondTopics = List.of();
    switch (component) {
      case PROCESSOR -> {
        needs.read(topics.images());
        needs.read(matching(LeastPrivilege::control));
        needs.write(matching(this::answered));
        needs.write(topics.gauges()); // compacted, and yet what the processor measures itself
        beyondTopics = streams();
      }
      case TRAINER -> {
        needs.read(matching(LeastPrivilege::control));
        needs.write(matching(LeastPrivilege::control));
        needs.read(topics.novelties(), topics.members(), topics.groups());
        needs.read(topics.modelEvents(), topics.evaluations(), topics.instances());
        needs.write(topics.modelEvents(), topics.audit());
      }
      case CONSOLE -> console(needs);
      case CONSOLE_OPERATE -> {
        console(needs);
        needs.read(matching(LeastPrivilege::control));
        needs.read(topics.instances());
        needs.write(topics.promotions());
      }
      case WATCH -> {
        needs.read(topics.models(), topics.centres(), topics.thresholds(), topics.promotions());
        needs.read(topics.gauges(), topics.evaluations(), topics.instances());
        needs.write(topics.promotions());
      }
      case ALERTS -> {
        needs.read(topics.alerts(), topics.groups());
        beyondTopics =
            List.of(
                new Grant(
                    ResourceType.GROUP,
                    topics.prefix() + "-alerts-",
                    PatternType.PREFIXED,
                    EnumSet.of(AclOperation.READ),
                    "forwarders share the alerts and keep their place"));
      }
      case AUDIT -> needs.read(topics.audit());
      case ERASURE -> {
        needs.read(topics.groups(), topics.labels());
        needs.write(topics.labels(), topics.audit());
        StreamErasure.topics(topics).forEach(topic -> needs.add(topic, AclOperation.DELETE));
      }
      case INGEST -> needs.write(topics.images());
      case REPLAY -> {
        needs.read(topics.images(), topics.recognitions());
        needs.read(matching(LeastPrivilege::control));
        needs.read(topics.novelties(), topics.members(), topics.groups());
        needs.write(topics.labels());
        beyondTopics =
            List.of(
                new Grant(
                    ResourceType.TOPIC,
                    topics.recognitions().name() + ".replay.",
                    PatternType.PREFIXED,
                    EnumSet.of(AclOperation.CREATE, AclOperation.WRITE),
                    "answers of replays"));
      }
      case DEAD_LETTERS -> {
        needs.read(topics.deadLetters());
        needs.write(topics.images());
      }
      case OPERATOR -> {
        for (Topic topic : topics.all()) {
          needs.add(topic, AclOperation.CREATE);
          needs.add(topic, AclOperation.DESCRIBE);
        }
      }
    }
    List<Grant> grants = new ArrayList<>(needs.grants());
    grants.addAll(beyondTopics);
    return grants;
  }

  private List<Grant> streams() {
    return List.of(
        new Grant(
            ResourceType.TOPIC,
            applicationId + "-",
            PatternType.PREFIXED,
            EnumSet.of(
                AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE),
            "Kafka Streams' repartition and changelog topics"),
        new Grant(
            ResourceType.GROUP,
            applicationId,
            PatternType.LITERAL,
            EnumSet.of(AclOperation.READ),
            "the instances share the images"),
        new Grant(
            ResourceType.TRANSACTIONAL_ID,
            applicationId + "-",
            PatternType.PREFIXED,
            EnumSet.of(AclOperation.WRITE),
            "answers and offsets in one transaction"));
  }

  private void console(Needs needs) {
    needs.read(topics.images(), topics.recognitions(), topics.members(), topics.groups());
    needs.read(topics.alerts(), topics.labels(), topics.models(), topics.promotions());
    needs.read(topics.modelEvents());
    needs.write(topics.labels(), topics.audit());
  }

  /** What the processor writes: all that follows from images. */
  private boolean answered(Topic topic) {
    return !control(topic) && !topic.equals(topics.images()) && !topic.equals(topics.audit());
  }

  private static boolean control(Topic topic) {
    return topic.compacted() && !topic.partitioned();
  }

  private List<Topic> matching(Predicate<Topic> wanted) {
    return topics.all().stream().filter(wanted).toList();
  }

  /** Operations by topic, in the order of the catalogue. */
  private final class Needs {
    private final Map<Topic, Set<AclOperation>> operations = new LinkedHashMap<>();

    Needs() {
      topics.all().forEach(topic -> operations.put(topic, EnumSet.noneOf(AclOperation.class)));
    }

    void add(Topic topic, AclOperation operation) {
      operations.get(topic).add(operation);
    }

    void read(List<Topic> read) {
      read.forEach(topic -> add(topic, AclOperation.READ));
    }

    void read(Topic... read) {
      read(Arrays.asList(read));
    }

    void write(List<Topic> written) {
      written.forEach(topic -> add(topic, AclOperation.WRITE));
    }

    void write(Topic... written) {
      write(Arrays.asList(written));
    }

    List<Grant> grants() {
      List<Grant> grants = new ArrayList<>();
      operations.forEach(
          (topic, needed) -> {
            if (!needed.isEmpty()) {
              grants.add(
                  new Grant(
                      ResourceType.TOPIC,
                      topic.name(),
                      PatternType.LITERAL,
                      needed,
                      topic.purpose()));
            }
          });
      return grants;
    }
  }

  /** What every component needs. */
  public Map<Component, List<Grant>> all() {
    Map<Component, List<Grant>> all = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      all.put(component, of(component));
    }
    return all;
  }
}
