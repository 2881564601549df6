package io.nirvanastreams.app.erasure;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Labels;
import io.nirvanastreams.app.clients.TopicTail;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.trainer.publish.ControlProducer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to forget groups, which the processor's grouping carries out, and the wait for it. The
 * request stands on the labels topic for ever; the processor answers with the deletion of each
 * group. For one thread.
 */
public final class GroupErasure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupErasure.class);

  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Map<String, String> mergedInto = new ConcurrentHashMap<>();
  private final CountDownLatch gone;
  private final TopicTail tail;
  private final Deserializer<NoveltyGroup> deserializer;

  private GroupErasure(ClusterAccess access, ErasurePlan plan) {
    plan.groups().forEach(group -> waiting.add(group.getGroupId()));
    gone = new CountDownLatch(waiting.size());
    deserializer = access.serdes().deserializer(NoveltyGroup.class);
    tail =
        new TopicTail(
            "erasure", access.kafka(), problem -> LOG.warn("the groups are not read: {}", problem));
  }

  /**
   * Asks for it; returns when the cluster has the requests.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster refuses one
   */
  public static GroupErasure ask(
      ClusterAccess access, ErasurePlan plan, String author, String reason) {
    GroupErasure erasure = new GroupErasure(access, plan);
    try (ControlProducer producer = new ControlProducer(access.kafka(), access.serdes())) {
      erasure.watch(access.topics().groups());
      Map<String, LabelAssigned> requests = new LinkedHashMap<>();
      for (NoveltyGroup group : plan.groups()) {
        requests.put(group.getGroupId(), Labels.erase(group, author, reason));
      }
      producer.write(access.topics().labels(), requests);
      return erasure;
    } catch (RuntimeException e) {
      erasure.close();
      throw e;
    }
  }

  private void watch(Topic groups) {
    tail.follow(
        groups.name(),
        0,
        (consumed, fresh) -> {
          if (consumed.value() == null) {
            if (waiting.remove(consumed.key())) {
              gone.countDown();
            }
          } else if (waiting.contains(consumed.key())) {
            NoveltyGroup group = deserializer.deserialize(consumed.topic(), consumed.value());
            if (group.getState() == GroupState.MERGED && group.getMergedInto() != null) {
              mergedInto.put(group.getGroupId(), group.getMergedInto());
            }
          }
        });
    tail.start();
  }

  /** Waits until all groups are gone, and gives the ids of those that are not, sorted. */
  public Set<String> await(Duration timeout) {
    try {
      boolean all = gone.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("all erased: {}", all);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return new TreeSet<>(waiting);
  }

  /**
   * Groups that another took over after the plan was made, by id: that one has their images now,
   * and was not asked for.
   */
  public Map<String, String> mergedMeanwhile() {
    return new TreeMap<>(mergedInto);
  }

  @Override
  public void close() {
    tail.close();
    deserializer.close();
  }
}
