package io.nirvanastreams.processor.replay;

import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.TopicReader;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The groups of a model that nobody decided about, formed by another version than the one that
 * looks at them, and their latest members. Reads topics to their ends. For one thread.
 */
final class OpenGroups {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<String, byte[]> consumer;
  private final AvroSerdes serdes;
  private final Topics topics;
  private final Map<String, NoveltyGroup> all;
  private final Map<String, NoveltyGroup> chosen = new LinkedHashMap<>();

  private OpenGroups(
      Consumer<String, byte[]> consumer,
      AvroSerdes serdes,
      Topics topics,
      Map<String, NoveltyGroup> all) {
    this.consumer = consumer;
    this.serdes = serdes;
    this.topics = topics;
    this.all = all;
  }

  /**
   * Reads them.
   *
   * @param wanted leaves out what was looked at before
   */
  static OpenGroups read(
      Consumer<String, byte[]> consumer,
      AvroSerdes serdes,
      Topics topics,
      String modelName,
      int version,
      Predicate<NoveltyGroup> wanted,
      int maximum) {
    OpenGroups open =
        new OpenGroups(
            consumer,
            serdes,
            topics,
            latest(consumer, serdes, topics.groups(), NoveltyGroup.class));
    Set<String> decided = open.decided();
    open.all.values().stream()
        // IGNORED without a decision: closed by the stream when another version took over.
        .filter(
            group -> group.getState() == GroupState.OPEN || group.getState() == GroupState.IGNORED)
        .filter(
            group -> group.getModelName().equals(modelName) && group.getModelVersion() != version)
        .filter(group -> !decided.contains(group.getGroupId()))
        .filter(wanted)
        .sorted(
            Comparator.comparingLong(NoveltyGroup::getSize)
                .reversed()
                .thenComparing(NoveltyGroup::getGroupId))
        .limit(maximum)
        .forEach(group -> open.chosen.put(group.getGroupId(), group));
    return open;
  }

  /** The groups, the largest first. */
  Map<String, NoveltyGroup> chosen() {
    return chosen;
  }

  /** Ids of the groups and images that somebody decided about by now. */
  Set<String> decided() {
    return new HashSet<>(latest(consumer, serdes, topics.labels(), LabelAssigned.class).keySet());
  }

  /**
   * The group of each of the latest members.
   *
   * @param perGroup most members of a group
   */
  Map<String, String> members(int perGroup) {
    Map<String, Deque<String>> latest = new HashMap<>();
    try (Deserializer<GroupMember> members = serdes.deserializer(GroupMember.class)) {
      TopicReader.readToEnd(
          consumer,
          List.of(topics.members()),
          PATIENCE,
          record -> {
            if (record.value() == null) {
              return;
            }
            GroupMember member = AvroSerdes.read(members, record);
            String group = resolved(member.getGroupId());
            if (chosen.containsKey(group)) {
              Deque<String> ids = latest.computeIfAbsent(group, any -> new ArrayDeque<>());
              ids.addLast(member.getEventId());
              if (ids.size() > perGroup) {
                ids.removeFirst();
              }
            }
          });
    }
    Map<String, String> groups = new HashMap<>();
    latest.forEach((group, ids) -> ids.forEach(id -> groups.put(id, group)));
    return groups;
  }

  /** The group that holds the members of a merged one now. */
  private String resolved(String groupId) {
    Set<String> seen = new HashSet<>();
    String id = groupId;
    while (seen.add(id)) {
      NoveltyGroup group = all.get(id);
      if (group == null || group.getState() != GroupState.MERGED || group.getMergedInto() == null) {
        return id;
      }
      id = group.getMergedInto();
    }
    return id;
  }

  private static <T extends SpecificRecord> Map<String, T> latest(
      Consumer<String, byte[]> consumer, AvroSerdes serdes, Topic topic, Class<T> type) {
    try (Deserializer<T> deserializer = serdes.deserializer(type)) {
      return TopicReader.latest(consumer, topic, deserializer, PATIENCE, key -> true);
    }
  }
}
