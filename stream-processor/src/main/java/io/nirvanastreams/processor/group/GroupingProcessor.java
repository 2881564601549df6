package io.nirvanastreams.processor.group;

import io.nirvanastreams.processor.recognise.AnswerProcessors;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.schemas.trace.TraceContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Groups the unknowns of the scopes of one partition. Input: key scope, value a serialised Novelty.
 * Output: NoveltyGroup and Alert by group, GroupMember by event, in the trace of the image.
 *
 * <p>The labels are a global store, because a label names its group but not the scope; each second
 * the processor looks there for decisions about its groups, and carries out what is to be erased: a
 * group without a value is its deletion. One per task; its thread only.
 */
public final class GroupingProcessor implements Processor<String, byte[], String, SpecificRecord> {
  /** Name of the store with the groups. */
  public static final String STORE = "groups-by-scope";

  /** How often labels are looked for. */
  public static final Duration LABEL_INTERVAL = Duration.ofSeconds(1);

  // What a later version of the program says, and this one does not know, decides nothing.
  private static final Set<LabelAction> DECISIONS =
      EnumSet.of(LabelAction.ASSIGN, LabelAction.IGNORE, LabelAction.RECOGNISE);

  private final GroupingOptions options;
  private final Topic<Novelty> novelties;
  private final Topic<LabelAssigned> labels;
  private final String labelStoreName;
  private final Erasures erasures;
  private final Map<String, ScopeGroups> scopes = new TreeMap<>();
  private final Map<String, byte[]> appliedLabels = new HashMap<>();
  private ProcessorContext<String, SpecificRecord> context;
  private GroupStore store;
  private KeyValueStore<String, byte[]> labelStore;

  /**
   * A processor of one task.
   *
   * @param erasures groups to forget; shared by all tasks
   */
  public GroupingProcessor(
      GroupingOptions options,
      Topic<Novelty> novelties,
      Topic<LabelAssigned> labels,
      String labelStoreName,
      Erasures erasures) {
    this.options = options;
    this.novelties = novelties;
    this.labels = labels;
    this.labelStoreName = labelStoreName;
    this.erasures = erasures;
  }

  /**
   * How to read the values of a topic.
   *
   * @param name full name
   * @param deserializer for this task alone
   */
  public record Topic<T>(String name, Deserializer<T> deserializer) {
    T read(byte[] bytes) {
      return deserializer.deserialize(name, bytes);
    }
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    store = new GroupStore(context.getStateStore(STORE));
    labelStore = context.getStateStore(labelStoreName);
    store.forEach(
        (scope, state) -> scope(scope).restore(state),
        (scope, group) -> scope(scope).restore(group));
    scopes.values().forEach(ScopeGroups::restored);
    context.schedule(LABEL_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::applyLabels);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Novelty novelty = novelties.read(record.value());
    if (novelty == null || novelty.getRecognition() == null) {
      throw new IllegalArgumentException("a novelty without its recognition");
    }
    scope(record.key())
        .add(
            novelty,
            record.timestamp(),
            AnswerProcessors.knownsBefore(record.headers()),
            (key, value) ->
                context.forward(
                    new Record<>(
                        key, value, record.timestamp(), TraceContext.only(record.headers()))));
  }

  @Override
  public void close() {
    novelties.deserializer().close();
    labels.deserializer().close();
  }

  private ScopeGroups scope(String name) {
    return scopes.computeIfAbsent(name, any -> new ScopeGroups(name, options, store));
  }

  private void applyLabels(long now) {
    appliedLabels.keySet().removeIf(groupId -> labelStore.get(groupId) == null);
    for (ScopeGroups groups : scopes.values()) {
      erasures
          .requests()
          .forEach(request -> groups.erase(request, (key, value) -> forward(key, value, now)));
      groups.decide(this::newDecision, (key, value) -> forward(key, value, now));
    }
  }

  /** The decision about a group when it was not applied yet; null otherwise. */
  private LabelAssigned newDecision(String groupId) {
    byte[] bytes = labelStore.get(groupId);
    if (bytes == null || Arrays.equals(bytes, appliedLabels.put(groupId, bytes))) {
      return null;
    }
    LabelAssigned label = labels.read(bytes);
    return label.getSubjectType() == SubjectType.GROUP && DECISIONS.contains(label.getAction())
        ? label
        : null;
  }

  private void forward(String key, SpecificRecord value, long timestamp) {
    context.forward(new Record<>(key, value, timestamp));
  }
}
