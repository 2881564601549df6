package io.nirvanastreams.app.clients;

import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes what a person decided about unknowns. Stateless. */
public final class Labels {
  private Labels() {}

  /** Whether the id is a group's or a grouped image's; empty when the cluster has neither. */
  public static Optional<SubjectType> typeOf(ClusterAccess cluster, String id) {
    if (Records.latest(cluster, cluster.topics().groups(), NoveltyGroup.class).containsKey(id)) {
      return Optional.of(SubjectType.GROUP);
    }
    return Records.latest(cluster, cluster.topics().members(), GroupMember.class).containsKey(id)
        ? Optional.of(SubjectType.EVENT)
        : Optional.empty();
  }

  /** The decision that a group or an image shows a class. */
  public static LabelAssigned assign(String id, SubjectType type, String name, String author) {
    return label(id, type, LabelAction.ASSIGN, name, author);
  }

  /** The decision that a group or an image is of no interest. */
  public static LabelAssigned ignore(String id, SubjectType type, String author) {
    return label(id, type, LabelAction.IGNORE, "", author);
  }

  /** The request to forget a group and its pictures. */
  public static LabelAssigned erase(NoveltyGroup group, String author, String reason) {
    LabelAssigned request =
        label(group.getGroupId(), SubjectType.GROUP, LabelAction.ERASE, "", author);
    request.setReason(reason);
    request.setScope(group.getScope());
    return request;
  }

  /** Whether somebody asked to erase a group: another word would take the request back. */
  public static boolean erased(ClusterAccess cluster, String groupId) {
    LabelAssigned label =
        Records.latest(cluster, cluster.topics().labels(), LabelAssigned.class).get(groupId);
    return label != null && label.getAction() == LabelAction.ERASE;
  }

  /**
   * Sends a decision and returns when the cluster has it.
   *
   * @throws KafkaException when the cluster refuses it
   */
  public static void send(ClusterAccess cluster, LabelAssigned label) {
    try (Producer<String, LabelAssigned> producer = cluster.producer()) {
      ProducerRecord<String, LabelAssigned> sending =
          new ProducerRecord<>(cluster.topics().labels().name(), label.getSubjectId(), label);
      trace(cluster, label).ifPresent(trace -> trace.addTo(sending.headers()));
      producer.send(sending).get();
    } catch (ExecutionException e) {
      throw new KafkaException("cannot send the label: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** The trace of the image, or of the image that its group grew by last. */
  private static Optional<TraceContext> trace(ClusterAccess cluster, LabelAssigned label) {
    return Records.headers(
            cluster,
            label.getSubjectType() == SubjectType.GROUP
                ? cluster.topics().groups()
                : cluster.topics().members(),
            label.getSubjectId())
        .flatMap(TraceContext::of);
  }

  private static LabelAssigned label(
      String id, SubjectType type, LabelAction action, String name, String author) {
    return LabelAssigned.newBuilder()
        .setSubjectId(id)
        .setSubjectType(type)
        .setAction(action)
        .setClassName(name)
        .setAuthor(author)
        .setAssignedAt(Instant.now())
        .build();
  }
}
