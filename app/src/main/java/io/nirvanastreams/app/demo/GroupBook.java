package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The groups of unknowns and their members, as the topics tell them. All methods are synchronised.
 */
final class GroupBook {
  private final Map<String, NoveltyGroup> groups = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new HashMap<>();

  synchronized void group(NoveltyGroup group) {
    groups.put(group.getGroupId(), group);
  }

  synchronized void member(GroupMember member) {
    members.computeIfAbsent(member.getGroupId(), id -> new HashSet<>()).add(member.getEventId());
  }

  /**
   * The clean open groups, largest first: at least {@code minimumSize} members, at least {@code
   * purity} of them of one class. Members of groups that were merged into a group count as its own.
   */
  synchronized List<CleanGroup> clean(
      Function<String, String> truth, long minimumSize, double purity) {
    return groups.values().stream()
        .filter(group -> group.getState() == GroupState.OPEN)
        .flatMap(group -> judge(group.getGroupId(), truth).stream())
        .filter(group -> group.size() >= minimumSize && group.purity() >= purity)
        .sorted(
            Comparator.comparingLong(CleanGroup::size)
                .reversed()
                .thenComparing(CleanGroup::groupId))
        .toList();
  }

  /** The members of several groups, judged against a class. */
  synchronized CleanGroup together(
      Set<String> groupIds, Function<String, String> truth, String className) {
    Set<String> all = new HashSet<>();
    groupIds.forEach(id -> all.addAll(membersWithMerged(id, new HashSet<>())));
    long right = all.stream().filter(id -> className.equals(truth.apply(id))).count();
    return new CleanGroup(
        String.join(",", groupIds),
        className,
        all.size(),
        all.isEmpty() ? Double.NaN : (double) right / all.size());
  }

  private Optional<CleanGroup> judge(String groupId, Function<String, String> truth) {
    Map<String, Long> counts = new HashMap<>();
    for (String eventId : membersWithMerged(groupId, new HashSet<>())) {
      String name = truth.apply(eventId);
      if (name != null) {
        counts.merge(name, 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(top -> together(Set.of(groupId), truth, top.getKey()));
  }

  private Set<String> membersWithMerged(String groupId, Set<String> visited) {
    Set<String> all = new HashSet<>(members.getOrDefault(groupId, Set.of()));
    if (visited.add(groupId)) {
      for (NoveltyGroup other : groups.values()) {
        if (groupId.equals(other.getMergedInto())) {
          all.addAll(membersWithMerged(other.getGroupId(), visited));
        }
      }
    }
    return all;
  }

  /** All groups, in the order they were first seen. */
  synchronized List<NoveltyGroup> all() {
    return List.copyOf(groups.values());
  }

  /**
   * A group with its true class.
   *
   * @param groupId the group
   * @param className the class of most members
   * @param size members
   * @param purity share of the members that are of that class
   */
  record CleanGroup(String groupId, String className, long size, double purity) {}
}
