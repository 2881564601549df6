package io.nirvanastreams.processor.group;

import io.nirvanastreams.openset.grouping.Cluster;
import io.nirvanastreams.openset.grouping.GroupingChange;
import io.nirvanastreams.openset.grouping.Member;
import io.nirvanastreams.openset.grouping.Merge;
import io.nirvanastreams.openset.grouping.NoveltyGrouper;
import io.nirvanastreams.schemas.Alert;
import io.nirvanastreams.schemas.Exemplar;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.serde.Vectors;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * The groups of one scope.
 *
 * <p>Groups hold embeddings of one model version. When unknowns of another version come, grouping
 * starts anew, and a group that nobody named is closed as IGNORED: the new version's group of the
 * same things takes its place, and two open groups of one thing would be named twice. Named groups
 * stay NAMED. Unknowns that the version before answered late are not grouped; they are told from a
 * rollback by their record time, which is before the first unknown of the version that is grouped.
 *
 * <p>Every change goes to the store before it is told. Its task's thread only.
 */
final class ScopeGroups {
  private final String scope;
  private final GroupingOptions options;
  private final GroupStore store;
  private final Alerts alerts;
  private final NoveltyGrouper grouper;
  private final Map<String, TrackedGroup> groups = new TreeMap<>();
  private ScopeState state = ScopeState.NEW;

  ScopeGroups(String scope, GroupingOptions options, GroupStore store) {
    this.scope = scope;
    this.options = options;
    this.store = store;
    this.alerts = new Alerts(options);
    this.grouper = new NoveltyGrouper(scope, options.clustering());
  }

  void restore(ScopeState restored) {
    state = restored;
  }

  void restore(TrackedGroup restored) {
    groups.put(restored.cluster().id(), restored);
  }

  /** To be called once, after everything was given back. */
  void restored() {
    grouper.restore(groups.values().stream().map(TrackedGroup::cluster).toList());
  }

  /**
   * Groups an unknown.
   *
   * @param recordTime time that its model version was chosen by
   * @param knownsBefore answers KNOWN since the last unknown
   * @param out takes keys and values for the topics
   */
  void add(
      Novelty novelty, long recordTime, long knownsBefore, BiConsumer<String, SpecificRecord> out) {
    Recognition recognition = novelty.getRecognition();
    long time = recognition.getCapturedAt().toEpochMilli();
    state = state.counted(time, knownsBefore, options.flood().window().toMillis());
    if (isOfGroupedVersion(recognition, recordTime, out)) {
      join(novelty, time, out);
    }
    Alert flood = alerts.flood(scope, state, time);
    if (flood != null) {
      state = state.floodAlerted(time);
      out.accept(scope, flood);
    }
    store.put(scope, state);
  }

  /** Applies what people decided about groups since the last call. */
  void decide(Function<String, LabelAssigned> decisions, BiConsumer<String, SpecificRecord> out) {
    for (TrackedGroup group : List.copyOf(groups.values())) {
      LabelAssigned decision =
          group.cluster().born() ? decisions.apply(group.cluster().id()) : null;
      if (decision != null) {
        TrackedGroup decided = group.decided(decision);
        if (!decided.equals(group)) {
          keep(publish(decided, null, out));
        }
      }
    }
  }

  /**
   * Forgets a group, and tells its deletion: a key without a value. A group that was closed before
   * is held no more and yet has its last record on the topic, so its deletion is told as well, once
   * for a request, by the scope that the request names.
   */
  void erase(LabelAssigned request, BiConsumer<String, SpecificRecord> out) {
    String groupId = request.getSubjectId();
    TrackedGroup held = groups.remove(groupId);
    if (held != null) {
      grouper.remove(groupId);
      store.delete(scope, held, List.of());
    } else if (!scope.equals(request.getScope())
        || store.erased(scope, groupId, request.getAssignedAt())) {
      return;
    }
    store.putErased(scope, groupId, request.getAssignedAt());
    out.accept(groupId, null);
  }

  private boolean isOfGroupedVersion(
      Recognition recognition, long recordTime, BiConsumer<String, SpecificRecord> out) {
    String name = recognition.getModelName();
    int version = recognition.getModelVersion();
    if (state.sameModel(name, version)) {
      state = state.seen(recordTime);
      return true;
    }
    if (!state.modelName().isEmpty() && recordTime < state.since()) {
      return false;
    }
    for (TrackedGroup group : List.copyOf(groups.values())) {
      closeUnlessNamed(group, out);
    }
    grouper.reset();
    state = state.switchedTo(name, version, recordTime);
    return true;
  }

  private void join(Novelty novelty, long time, BiConsumer<String, SpecificRecord> out) {
    String eventId = novelty.getRecognition().getEventId();
    GroupingChange change = grouper.add(eventId, Vectors.floats(novelty.getEmbedding()), time);
    Cluster cluster = change.cluster();
    keepExemplar(novelty, cluster);
    TrackedGroup group =
        groups.getOrDefault(cluster.id(), TrackedGroup.candidate(cluster)).with(cluster);
    for (Merge merge : change.merges()) {
      group = merged(merge, group, out);
    }
    for (Cluster evicted : change.evicted()) {
      TrackedGroup gone = groups.get(evicted.id());
      if (gone != null) {
        closeUnlessNamed(gone, out);
      }
    }
    for (Member member : change.newMembers()) {
      out.accept(member.eventId(), member(cluster.id(), member));
    }
    Alert alert = alert(novelty.getRecognition(), group, change.born(), time);
    if (alert != null) {
      group = group.alerted(time);
      out.accept(cluster.id(), alert);
    }
    if (cluster.born() && (change.born() || group.worthPublishing())) {
      group = publish(group, null, out);
    }
    keep(group);
  }

  private Alert alert(Recognition recognition, TrackedGroup group, boolean born, long time) {
    if (!options.alertsNeedAlarm() || recognition.getAlarm() == null) {
      return alerts.about(scope, group, born, time);
    }
    // A group that was born without an alarm is told of at the first one.
    return recognition.getAlarm()
        ? alerts.about(scope, group, born || group.alertedSize() == 0, time)
        : null;
  }

  /** The cluster that is gone is told so; a name it had goes to the one that took its members. */
  private TrackedGroup merged(
      Merge merge, TrackedGroup current, BiConsumer<String, SpecificRecord> out) {
    // The image's own cluster may be the one that was taken, and was never kept when it is new.
    TrackedGroup from = groups.remove(merge.from().id());
    if (from == null) {
      return current;
    }
    TrackedGroup told = from.with(merge.from());
    if (from.cluster().born()) {
      publish(told.with(GroupState.MERGED, from.label()), merge.into(), out);
    }
    store.delete(scope, told, current.cluster().exemplars());
    return from.state() == GroupState.NAMED && current.state() == GroupState.OPEN
        ? current.with(GroupState.NAMED, from.label())
        : current;
  }

  private void closeUnlessNamed(TrackedGroup group, BiConsumer<String, SpecificRecord> out) {
    if (group.cluster().born() && group.state() == GroupState.OPEN) {
      publish(group.with(GroupState.IGNORED, null), null, out);
    }
    groups.remove(group.cluster().id());
    store.delete(scope, group, List.of());
  }

  private void keepExemplar(Novelty novelty, Cluster cluster) {
    String eventId = novelty.getRecognition().getEventId();
    ByteBuffer bytes = novelty.getBytes();
    if (bytes != null
        && bytes.remaining() <= options.exemplarMaxBytes()
        && cluster.exemplars().contains(eventId)) {
      store.put(
          scope,
          Exemplar.newBuilder()
              .setEventId(eventId)
              .setMediaType(novelty.getMediaType())
              .setBytes(bytes)
              .build());
    }
  }

  private void keep(TrackedGroup group) {
    groups.put(group.cluster().id(), group);
    store.put(scope, group);
  }

  private TrackedGroup publish(
      TrackedGroup group, String mergedInto, BiConsumer<String, SpecificRecord> out) {
    Cluster cluster = group.cluster();
    out.accept(
        cluster.id(),
        NoveltyGroup.newBuilder()
            .setGroupId(cluster.id())
            .setScope(scope)
            .setSize(cluster.size())
            .setFirstSeen(Instant.ofEpochMilli(cluster.firstSeen()))
            .setLastSeen(Instant.ofEpochMilli(cluster.lastSeen()))
            .setExemplars(store.exemplars(scope, cluster.exemplars()))
            .setMeanEmbedding(Vectors.pack(cluster.mean()))
            .setModelName(state.modelName())
            .setModelVersion(state.modelVersion())
            .setState(group.state())
            .setLabel(group.label())
            .setMergedInto(mergedInto)
            .build());
    return group.published();
  }

  private GroupMember member(String groupId, Member member) {
    return GroupMember.newBuilder()
        .setEventId(member.eventId())
        .setGroupId(groupId)
        .setScope(scope)
        .setCosineDistance(member.distance())
        .setJoinedAt(Instant.ofEpochMilli(member.timeMillis()))
        .build();
  }
}
