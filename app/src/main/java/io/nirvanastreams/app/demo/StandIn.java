package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Stands in for the person at the console: looks at the ground truth, takes the largest clean group
 * of a class that was not named yet, and names it, together with every other clean group of that
 * class, since one class may well form several groups (bags with and without a handle). For one
 * thread.
 */
final class StandIn {
  static final String AUTHOR = "stand-in (ground truth)";

  /**
   * A person names a group whose pictures look alike; nine of ten of one class is what the demo
   * calls alike.
   */
  private static final double PURITY = 0.9;

  /** Members from which a group is worth naming. */
  private static final long SMALLEST_GROUP = 15;

  private final GroupBook groups;
  private final AnswerLedger ledger;
  private final Producer<String, LabelAssigned> producer;
  private final String labelsTopic;
  private final Set<String> namedClasses = new HashSet<>();

  StandIn(
      GroupBook groups,
      AnswerLedger ledger,
      Producer<String, LabelAssigned> producer,
      String labelsTopic) {
    this.groups = groups;
    this.ledger = ledger;
    this.producer = producer;
    this.labelsTopic = labelsTopic;
  }

  /**
   * The groups to name next: all clean open groups of the class whose largest group is the largest
   * of all, once they have {@code minimumMembers} images together. Largest first.
   *
   * @param candidates true classes that may be named: those held out
   */
  Optional<List<GroupBook.CleanGroup>> next(long minimumMembers, Set<String> candidates) {
    Map<String, List<GroupBook.CleanGroup>> byClass =
        groups.clean(ledger::truth, SMALLEST_GROUP, PURITY).stream()
            .filter(
                group ->
                    candidates.contains(group.className())
                        && !namedClasses.contains(group.className()))
            .collect(
                Collectors.groupingBy(
                    GroupBook.CleanGroup::className, LinkedHashMap::new, Collectors.toList()));
    return byClass.values().stream()
        .filter(
            alike -> alike.stream().mapToLong(GroupBook.CleanGroup::size).sum() >= minimumMembers)
        .findFirst();
  }

  /** Names these groups, which are of one class. */
  void name(List<GroupBook.CleanGroup> alike) {
    namedClasses.add(alike.get(0).className());
    alike.forEach(this::send);
  }

  private void send(GroupBook.CleanGroup group) {
    LabelAssigned label =
        LabelAssigned.newBuilder()
            .setSubjectId(group.groupId())
            .setSubjectType(SubjectType.GROUP)
            .setAction(LabelAction.ASSIGN)
            .setClassName(group.className())
            .setAuthor(AUTHOR)
            .setAssignedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
            .build();
    try {
      producer.send(new ProducerRecord<>(labelsTopic, group.groupId(), label)).get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "the label of " + group.groupId() + " was not written", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
