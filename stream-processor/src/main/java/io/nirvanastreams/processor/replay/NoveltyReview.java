package io.nirvanastreams.processor.replay;

import io.nirvanastreams.processor.ProcessorSettings;
import io.nirvanastreams.processor.batch.InferenceRequest;
import io.nirvanastreams.processor.batch.PendingInference;
import io.nirvanastreams.schemas.ImageEvent;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.serde.AvroSerdes;
import io.nirvanastreams.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Looks at the groups of unknowns that nobody decided about with a later model version, and closes
 * those that it knows. The stored embeddings are the older version's and say nothing to it, so the
 * images of the members are answered again, a bounded number of them.
 *
 * <p>A closed group is a {@link LabelAssigned} with the action RECOGNISE, the class and the
 * version: the processor then writes the group as RECOGNISED. A decision of a person is never
 * written over: the labels are read again right before.
 *
 * <p>For one thread. Uses no group and commits nothing.
 */
public final class NoveltyReview {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOCKS_APART = Duration.ofHours(1);

  private final Consumer<String, byte[]> consumer;
  private final AvroSerdes serdes;
  private final Topics topics;
  private final String modelName;
  private final ReviewSettings settings;
  private final Clock clock;

  /** A review that reads with this consumer, which stays the caller's to close. */
  public NoveltyReview(
      Consumer<String, byte[]> consumer,
      ProcessorSettings processor,
      ReviewSettings settings,
      Clock clock) {
    this(consumer, processor.serdes(), processor.topics(), processor.modelName(), settings, clock);
  }

  NoveltyReview(
      Consumer<String, byte[]> consumer,
      AvroSerdes serdes,
      Topics topics,
      String modelName,
      ReviewSettings settings,
      Clock clock) {
    this.consumer = consumer;
    this.serdes = serdes;
    this.topics = topics;
    this.modelName = modelName;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes the decisions to be written to the labels topic; returns when the cluster has them. */
  @FunctionalInterface
  public interface Decisions {
    /** One decision. */
    void write(LabelAssigned decision);
  }

  /** Gives an answerer of the version, once there is something to answer; the review closes it. */
  @FunctionalInterface
  public interface AnswererSource<E extends Exception> {
    /** Opens it. */
    Answerer open() throws E;
  }

  /**
   * Reviews once.
   *
   * @param version the version that looks
   * @param wanted leaves out groups that it looked at before
   * @return what it found of each group, the largest first
   */
  public <E extends Exception> List<ReviewedGroup> run(
      int version, Predicate<NoveltyGroup> wanted, AnswererSource<E> answerers, Decisions decisions)
      throws E {
    OpenGroups open =
        OpenGroups.read(
            consumer, serdes, topics, modelName, version, wanted, settings.maximumGroups());
    if (open.chosen().isEmpty()) {
      return List.of();
    }
    Map<String, ReviewedGroup> reviewed = new LinkedHashMap<>();
    open.chosen()
        .forEach(
            (id, group) -> reviewed.put(id, new ReviewedGroup(id, group.getSize(), 0, Map.of())));
    try (Answerer answerer = answerers.open()) {
      answer(open, answerer, reviewed);
    }
    Set<String> decided = open.decided();
    for (ReviewedGroup group : reviewed.values()) {
      if (group.recognised(settings) && !decided.contains(group.groupId())) {
        decisions.write(decision(group, version));
      }
    }
    return List.copyOf(reviewed.values());
  }

  private void answer(OpenGroups open, Answerer answerer, Map<String, ReviewedGroup> reviewed) {
    Map<String, String> members = open.members(settings.imagesPerGroup());
    Instant first =
        open.chosen().values().stream()
            .map(NoveltyGroup::getFirstSeen)
            .min(Instant::compareTo)
            .orElseThrow()
            .minus(CLOCKS_APART);
    ImageRange range =
        ImageRange.between(consumer, topics.novelties(), first, clock.instant().plus(CLOCKS_APART));
    Map<TopicPartition, Long> ends = new HashMap<>();
    range
        .partitions()
        .forEach(
            (number, offsets) -> ends.put(new TopicPartition(range.topic(), number), offsets.to()));
    consumer.assign(ends.keySet());
    range
        .partitions()
        .forEach(
            (number, offsets) ->
                consumer.seek(new TopicPartition(range.topic(), number), offsets.from()));
    try (Deserializer<Novelty> novelties = serdes.deserializer(Novelty.class)) {
      while (!ends.isEmpty() && !members.isEmpty()) {
        List<InferenceRequest> requests = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          Novelty novelty = AvroSerdes.read(novelties, record);
          String group =
              novelty == null || novelty.getRecognition() == null
                  ? null
                  : members.remove(novelty.getRecognition().getEventId());
          if (group != null) {
            requests.add(new InferenceRequest(image(novelty), record.timestamp()));
            groups.add(group);
          }
        }
        List<PendingInference> pending = answerer.submit(requests);
        for (int i = 0; i < pending.size(); i++) {
          Recognition answer = answerer.answer(pending.get(i), requests.get(i).recordTime());
          reviewed.computeIfPresent(groups.get(i), (id, group) -> group.with(answer));
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
  }

  private static ImageEvent image(Novelty novelty) {
    Recognition recognition = novelty.getRecognition();
    return ImageEvent.newBuilder()
        .setEventId(recognition.getEventId())
        .setSourceId(recognition.getSourceId())
        .setScope(recognition.getScope())
        .setCapturedAt(recognition.getCapturedAt())
        .setMediaType(novelty.getMediaType())
        .setBytes(novelty.getBytes())
        .setReference(novelty.getReference())
        .setRegion(novelty.getRegion())
        .build();
  }

  private LabelAssigned decision(ReviewedGroup group, int version) {
    return LabelAssigned.newBuilder()
        .setSubjectId(group.groupId())
        .setSubjectType(SubjectType.GROUP)
        .setAction(LabelAction.RECOGNISE)
        .setAuthor("model " + modelName + "/" + version)
        .setAssignedAt(clock.instant())
        .setRecognisedAs(group.label())
        .setModelVersion(version)
        .setReason(group.reason(version))
        .build();
  }
}
