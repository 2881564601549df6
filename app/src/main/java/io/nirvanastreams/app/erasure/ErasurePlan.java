package io.nirvanastreams.app.erasure;

import io.nirvanastreams.app.clients.ClusterAccess;
import io.nirvanastreams.app.clients.Records;
import io.nirvanastreams.app.config.UsageException;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Which groups are to be erased. A group that was merged into another left its pictures on its last
 * record, so it goes with the one that took it. Immutable.
 *
 * @param groups their latest records: those that were named and those that were merged into them
 * @param before requests of groups that are gone already
 */
public record ErasurePlan(List<NoveltyGroup> groups, List<LabelAssigned> before) {
  /** Copies both. */
  public ErasurePlan {
    groups = List.copyOf(groups);
    before = List.copyOf(before);
  }

  /**
   * The plan for groups of a cluster.
   *
   * @throws UsageException when there is no such group, or another has its members now
   */
  public static ErasurePlan of(ClusterAccess access, List<String> ids) {
    return of(
        ids,
        Records.latest(access, access.topics().groups(), NoveltyGroup.class),
        Records.latest(access, access.topics().labels(), LabelAssigned.class));
  }

  static ErasurePlan of(
      List<String> ids, Map<String, NoveltyGroup> groups, Map<String, LabelAssigned> labels) {
    Map<String, NoveltyGroup> chosen = new LinkedHashMap<>();
    List<LabelAssigned> before = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      NoveltyGroup group = groups.get(id);
      LabelAssigned label = labels.get(id);
      if (group != null) {
        refuseMerged(group, groups);
        chosen.put(id, group);
      } else if (label != null && label.getAction() == LabelAction.ERASE) {
        before.add(label);
      } else {
        throw new UsageException("there is no group '" + id + "'; see 'nirvana groups list --all'");
      }
    }
    addMerged(chosen, groups);
    return new ErasurePlan(List.copyOf(chosen.values()), before);
  }

  private static void refuseMerged(NoveltyGroup group, Map<String, NoveltyGroup> groups) {
    String into = group.getMergedInto();
    if (group.getState() == GroupState.MERGED && groups.containsKey(into)) {
      throw new UsageException(
          "group '%s' was merged into %s, which has its images now: erase %s, and both go"
              .formatted(group.getGroupId(), into, into));
    }
  }

  private static void addMerged(
      Map<String, NoveltyGroup> chosen, Map<String, NoveltyGroup> groups) {
    boolean added = !chosen.isEmpty();
    while (added) {
      added = false;
      for (NoveltyGroup group : groups.values()) {
        if (group.getState() == GroupState.MERGED
            && chosen.containsKey(group.getMergedInto())
            && chosen.putIfAbsent(group.getGroupId(), group) == null) {
          added = true;
        }
      }
    }
  }
}
