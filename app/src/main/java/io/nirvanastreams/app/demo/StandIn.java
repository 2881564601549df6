package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.SubjectType;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Stands in for the person at the console: looks at the ground truth, takes the class with the
 * largest clean group that was not named yet, and names all clean groups of it, since one class may
 * well form several groups (bags with and without a handle). Further clean groups of a class that
 * was named are named too as they form. For one thread.
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
  private final Map<String, Set<String>> named = new LinkedHashMap<>();

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
   * Names the groups of one more class, when its clean open groups have enough images together.
   *
   * @param minimumMembers images that are enough
   * @param candidates true classes that may be named: those held out
   * @return what was named, the largest first; empty when nothing was
   */
  List<GroupBook.CleanGroup> nameNext(long minimumMembers, Set<String> candidates) {
    Map<String, List<GroupBook.CleanGroup>> byClass =
        clean()
            .filter(
                group ->
                    candidates.contains(group.className()) && !named.containsKey(group.className()))
            .collect(
                Collectors.groupingBy(
                    GroupBook.CleanGroup::className, LinkedHashMap::new, Collectors.toList()));
    List<GroupBook.CleanGroup> next =
        byClass.values().stream()
            .filter(
                alike ->
                    alike.stream().mapToLong(GroupBook.CleanGroup::size).sum() >= minimumMembers)
            .findFirst()
            .orElse(List.of());
    next.forEach(this::name);
    return next;
  }

  /** Names further clean groups of classes that were named before. */
  List<GroupBook.CleanGroup> nameFurther() {
    List<GroupBook.CleanGroup> further =
        clean()
            .filter(
                group ->
                    named.containsKey(group.className())
                        && !named.get(group.className()).contains(group.groupId()))
            .toList();
    further.forEach(this::name);
    return further;
  }

  /** All images in the groups that were named as a class so far, as one group. */
  GroupBook.CleanGroup members(String className) {
    return groups.together(named.getOrDefault(className, Set.of()), ledger::truth, className);
  }

  private Stream<GroupBook.CleanGroup> clean() {
    return groups.clean(ledger::truth, SMALLEST_GROUP, PURITY).stream();
  }

  private void name(GroupBook.CleanGroup group) {
    named.computeIfAbsent(group.className(), name -> new HashSet<>()).add(group.groupId());
    send(group);
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
