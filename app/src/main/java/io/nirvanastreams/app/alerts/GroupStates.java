package io.nirvanastreams.app.alerts;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.TopicTail;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of groups, as their topic says by now; the latest ten thousand. A group that was not
 * read yet is unknown, and its alerts are sent. Safe from any thread.
 */
public final class GroupStates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupStates.class);
  private static final int MOST = 10_000;

  private final Map<String, AlertMessage.Group> groups =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AlertMessage.Group> eldest) {
          return size() > MOST;
        }
      };
  private final TopicTail tail;

  private GroupStates(ClusterAccess access) {
    this.tail =
        new TopicTail(
            "alert-groups",
            access.kafka(),
            problem -> {
              if (!problem.isEmpty()) {
                LOG.warn("what became of groups is not known: {}", problem);
              }
            });
  }

  /**
   * Follows the groups from now on.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster lacks their topic
   */
  public static GroupStates follow(ClusterAccess access) {
    GroupStates states = new GroupStates(access);
    Deserializer<NoveltyGroup> deserializer = access.serdes().deserializer(NoveltyGroup.class);
    try {
      states.tail.follow(
          access.topics().groups().name(),
          TopicTail.FROM_BEGINNING,
          (consumed, fresh) ->
              states.put(
                  consumed.key(), deserializer.deserialize(consumed.topic(), consumed.value())));
    } catch (RuntimeException e) {
      states.close();
      throw e;
    }
    states.tail.start();
    return states;
  }

  private synchronized void put(String groupId, NoveltyGroup group) {
    groups.remove(groupId);
    if (group != null) {
      groups.put(groupId, AlertMessage.Group.of(group));
    }
  }

  synchronized AlertMessage.Group of(String groupId) {
    return groups.getOrDefault(groupId, AlertMessage.Group.UNKNOWN);
  }

  @Override
  public void close() {
    tail.close();
  }
}
